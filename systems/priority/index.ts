import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * SQS has no priorities. A separate queue with its own concurrency lets urgent messages overtake a backlog of
 * normal ones.
 */
export const priority: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
