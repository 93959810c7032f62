import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/** The same messages at once and five minutes later. The delay is set on a queue, so only its consumer waits. */
export const delay: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
