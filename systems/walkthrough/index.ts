import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/**
 * The fan-out of AWS's console walkthroughs: a topic, two queues with a function each, and a function that the
 * topic invokes directly, with their policies and roles.
 */
export const walkthrough: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
