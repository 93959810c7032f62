import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** Sums the readings of many sources by minute and by day, exactly, however often a reading is delivered. */
export const dataAggregation: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
