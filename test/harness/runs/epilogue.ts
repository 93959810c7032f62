import { leftOutLines } from "./leftOut.ts";

/** How long what the tests started may take to end, in milliseconds. */
const graceMilliseconds = 60_000;

/** Mocha calls this after the reporter's summary. */
export function mochaGlobalTeardown(): void {
  for (const line of leftOutLines()) console.warn(line);
  setTimeout(endAnyway, graceMilliseconds).unref();
}

/**
 * Names what a test left running, because a run that only hangs tells nobody where to look. Mocha sets the
 * exit code when the process exits.
 */
function endAnyway(): void {
  console.error(`still open after the last test: ${process.getActiveResourcesInfo().join(", ")}`);
  process.exit();
}
