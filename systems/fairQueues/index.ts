import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * Tenants share a queue. One of them sends a backlog; those whose messages carry a MessageGroupId do not wait
 * behind it.
 */
export const fairQueues: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
