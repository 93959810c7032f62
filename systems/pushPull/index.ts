import type { System } from "../shared/system.ts";
import { midwayScene } from "./midwayScene.ts";
import { scene } from "./scene.ts";

/**
 * The same messages for two consumers: Lambda polls the queue `pushed` for a function; an application polls
 * the queue `pulled` at its own pace.
 */
export const pushPull: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene, midwayScene],
};
