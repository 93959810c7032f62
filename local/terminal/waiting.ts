import type { StatusLine } from "./statusLine.ts";

/** From then on, what is waited for is said. */
const longMilliseconds = 1000;

/**
 * Waits for work, and says after a second what it waits for and for how long.
 *
 * @param print where there is no terminal: a line, once
 */
export async function waitFor<Result>(
  work: Promise<Result>,
  what: string,
  status: StatusLine,
  print: (line: string) => void,
): Promise<Result> {
  const start = performance.now();
  const seconds = () => Math.floor((performance.now() - start) / 1000);
  let isFirst = true;
  const timer = setInterval(() => {
    if (status.isLive) status.set(`${what} … ${seconds()} s`);
    else if (isFirst) print(`${what} …`);
    isFirst = false;
  }, longMilliseconds);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    status.clear();
  }
}
