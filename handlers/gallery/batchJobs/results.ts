import type { Job } from "./job.ts";

export type Result = Readonly<Record<string, number>>;

/** Does a job. The same job always has the same result. */
export function resultOf(job: Job): Result {
  return job.job === "statistics" ? statisticsOf(job.numbers) : wordsOf(job.text);
}

function statisticsOf(numbers: readonly number[]): Result {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [minimum = 0] = sorted;
  const maximum = sorted.at(-1) ?? 0;
  const mean = numbers.reduce((sum, each) => sum + each / numbers.length, 0);
  return { count: numbers.length, minimum, maximum, mean, median: medianOf(sorted) };
}

function medianOf(sorted: readonly number[]): number {
  const middle = sorted.slice((sorted.length - 1) >> 1, (sorted.length >> 1) + 1);
  return middle.reduce((sum, each) => sum + each / middle.length, 0);
}

/** A word is a run of letters and digits, of any script. */
function wordsOf(text: string): Result {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return { words: words.length, different: new Set(words).size, characters: [...text].length };
}
