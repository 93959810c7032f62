import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** Replicates every change of a primary database to two others. The last version wins in each. */
export const databaseChanges: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
