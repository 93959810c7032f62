import { leftOutLines } from "./leftOut.ts";

/** Mocha calls this after the reporter's summary. */
export function mochaGlobalTeardown(): void {
  for (const line of leftOutLines()) console.warn(line);
}
