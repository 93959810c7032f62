import type { Clock } from "../../time/clock.ts";

/**
 * API Gateway answers when the time of an integration is up; what it called goes on.
 *
 * @returns undefined after that time
 */
export function withinTime<T>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.at(clock.now() + milliseconds, () => resolve(undefined));
    work.then(resolve, reject).finally(cancel);
  });
}
