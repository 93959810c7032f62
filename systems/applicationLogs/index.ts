import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/**
 * Log entries of applications for two consumers that pull them: a monitoring application polls the queue
 * `monitoring`, and a scheduled archiver moves the queue `archiving` to a bucket.
 */
export const applicationLogs: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
