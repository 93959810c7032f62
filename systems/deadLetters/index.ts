import type { System } from "../shared/system.ts";
import { oneFailsScene } from "./oneFailsScene.ts";
import { scene } from "./scene.ts";

/**
 * One consumer fails on orders for articles without a price, another accepts all orders. A message that
 * failed five times stays in the dead-letter queue until the price is entered and the message is moved back.
 */
export const deadLetters: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene, oneFailsScene],
};
