import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** A new order starts three independent steps: payment, inventory and notification. */
export const newOrder: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
