/**
 * Splits a text into arguments as a shell does, without expanding anything: blanks separate, quotes and
 * backslashes keep together.
 */
export function splitArguments(text: string): string[] {
  const words: string[] = [];
  const pattern = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
  for (const [word] of text.matchAll(pattern)) {
    words.push(
      word.replace(
        /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs,
        (_all, single, double, escaped) =>
          single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped,
      ),
    );
  }
  return words;
}
