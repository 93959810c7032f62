import type { Job } from "./job.ts";

export type Result = Readonly<Record<string, number>>;

/** Runs a job. The same job always has the same result. */
export function resultOf(job: Job): Result {
  return job.job === "statistics" ? statisticsOf(job.numbers) : wordsOf(job.text);
}

function statisticsOf(numbers: readonly number[]): Result {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [minimum = 0] = sorted;
  const maximum = sorted.at(-1) ?? 0;
  const count = numbers.length;
  const middle = sorted.slice((count - 1) >> 1, (count >> 1) + 1);
  return { count, minimum, maximum, mean: meanOf(sorted), median: meanOf(middle) };
}

function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}

/** A word is a run of letters and digits, of any script. */
function wordsOf(text: string): Result {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return { words: words.length, different: new Set(words).size, characters: [...text].length };
}
