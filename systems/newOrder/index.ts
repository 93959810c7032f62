import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

export const newOrder: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
