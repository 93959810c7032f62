import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

export const bookings: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
