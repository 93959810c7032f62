import type { System } from "../shared/system.ts";
import { duplicatesScene } from "./duplicatesScene.ts";
import { exactOrderScene } from "./exactOrderScene.ts";
import { messages } from "./examples.ts";
import { scene } from "./scene.ts";

export const orders: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
  scenes: [scene, exactOrderScene, duplicatesScene],
};
