import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** A user registers: one consumer sends a welcome mail, another counts. They are independent. */
export const userRegistration: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
