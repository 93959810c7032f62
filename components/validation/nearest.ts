/** `; did you mean "x"?` for the known word that is near enough to be a slip of the keyboard, else nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const best = known
    .map((candidate) => ({
      candidate,
      distance: distance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .sort((a, b) => a.distance - b.distance)[0];
  const near = best !== undefined && best.distance <= Math.max(2, Math.floor(word.length / 3));
  return near ? `; did you mean "${best.candidate}"?` : "";
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
