import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";
import { replayScene } from "./replayScene.ts";

/**
 * Events that have to be on record, in order, each once, in a bucket whose objects cannot be replaced or
 * deleted. The topic archives a year of events, so that they can be replayed to a consumer added later.
 */
export const auditLogs: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
  scenes: [replayScene],
};
