import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** Payment, shipping and notification process the orders of a shop independently. */
export const orderProcessing: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
