import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

export const orderProcessing: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
