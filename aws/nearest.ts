/** `; did you mean "x"?` with the most similar known word, or an empty string if none is similar. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = extension(word, known) ?? closest(word, known);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}

/** Whether a word is most likely a misspelling of a known one: two letters differ, or its end is missing. */
export function isMisspelled(word: string, known: readonly string[]): boolean {
  const wrong = known.map((candidate) => distance(word.toLowerCase(), candidate.toLowerCase()));
  return extension(word, known) !== undefined || Math.min(...wrong) <= 2;
}

/** A known word that begins with this one. */
function extension(word: string, known: readonly string[]): string | undefined {
  const start = word.toLowerCase();
  return start.length < 3
    ? undefined
    : known.find((candidate) => candidate.toLowerCase().startsWith(start));
}

/** The closest known word, if at most a third of the letters differ. */
function closest(word: string, known: readonly string[]): string | undefined {
  const nearest = known
    .map((candidate) => ({
      candidate,
      wrong: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.wrong - b.wrong)[0];
  const most = Math.max(2, Math.floor(word.length / 3));
  return nearest !== undefined && nearest.wrong <= most ? nearest.candidate : undefined;
}

/** The Levenshtein distance. */
export function distance(a: string, b: string): number {
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
