import type { System } from "../shared/system.ts";
import { midwayScene } from "./midwayScene.ts";
import { scene } from "./scene.ts";

export const pushPull: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene, midwayScene],
};
