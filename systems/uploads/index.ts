import type { System } from "../shared/system.ts";
import { files } from "./examples.ts";
import { scene } from "./scene.ts";

export const uploads: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { files },
  scenes: [scene],
};
