import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";
import { replayScene } from "./replayScene.ts";

export const auditLogs: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
  scenes: [replayScene],
};
