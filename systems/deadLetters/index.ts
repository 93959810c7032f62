import type { System } from "../shared/system.ts";
import { oneFailsScene } from "./oneFailsScene.ts";
import { scene } from "./scene.ts";

export const deadLetters: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene, oneFailsScene],
};
