import type { System } from "../shared/system.ts";
import { files } from "./examples.ts";

/**
 * A photo is uploaded to S3; the topic invokes three functions directly, without queues. Each has two queues
 * for failures: events on which it failed, and messages that SNS could not deliver to it.
 */
export const photos: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { files },
};
