import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * Bookings of hotel rooms, by a web page and an API. Four consumers filter by the attribute `event`: the front
 * door publishes `requested`; reservations publishes `confirmed` or `rejected` on the same topic.
 */
export const bookings: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
