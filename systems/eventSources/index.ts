import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * A topic that buckets, EventBridge and a schedule publish to, and a second topic that gets other objects of the
 * same bucket.
 */
export const eventSources: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
