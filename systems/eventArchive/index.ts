import type { System } from "../shared/system.ts";
import { scene } from "./scene.ts";

/**
 * Archives every message in S3. Firehose buffers five minutes or 5 MiB of messages and writes them as one
 * object. No function and no queue is needed.
 */
export const eventArchive: System = {
  load: async () => (await import("./system.ts")).deploy,
  scenes: [scene],
};
