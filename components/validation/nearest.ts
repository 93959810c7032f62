/** `; did you mean "x"?` for the known word that was probably meant, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = extension(word, known) ?? slipOfTheKeyboard(word, known);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/** The known word that goes on where this one ends. */
function extension(word: string, known: readonly string[]): string | undefined {
  const start = word.toLowerCase();
  return start.length < 3
    ? undefined
    : known.find((candidate) => candidate.toLowerCase().startsWith(start));
}

/** The nearest known word, if a third of the letters or fewer are wrong. */
function slipOfTheKeyboard(word: string, known: readonly string[]): string | undefined {
  const nearest = known
    .map((candidate) => ({
      candidate,
      wrong: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.wrong - b.wrong)[0];
  const most = Math.max(2, Math.floor(word.length / 3));
  return nearest !== undefined && nearest.wrong <= most ? nearest.candidate : undefined;
}

/** Levenshtein's distance: how many letters to add, leave out or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
