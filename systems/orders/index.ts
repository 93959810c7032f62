import type { System } from "../shared/system.ts";
import { duplicatesScene } from "./duplicatesScene.ts";
import { exactOrderScene } from "./exactOrderScene.ts";
import { messages } from "./examples.ts";
import { scene } from "./scene.ts";

/** The events of each order in exact order and without duplicates. A consumer's failure never affects another. */
export const orders: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
  scenes: [scene, exactOrderScene, duplicatesScene],
};
