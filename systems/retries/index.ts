import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * A consumer calls services that fail in three ways: one that is down is called again after growing delays, one
 * that is busy when it says, and a message that is malformed moves to the dead-letter queue at once.
 */
export const retries: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
