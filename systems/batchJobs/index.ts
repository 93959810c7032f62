import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/**
 * Jobs that are not urgent. Each is delayed by half a minute and then batched with others, so that many jobs
 * need few invocations. A job that fails is retried alone.
 */
export const batchJobs: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
