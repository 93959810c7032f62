import type { System } from "../shared/system.ts";
import { files } from "./examples.ts";
import { scene } from "./scene.ts";

/** A file is uploaded to S3; three consumers process it, each from its own queue. */
export const uploads: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { files },
  scenes: [scene],
};
