import { handleBatch } from "../lib/batch.ts";

/** Team B's own work on each message of QueueB. */
export const handler = handleBatch(async ({ body }) => ({ outcome: "event for Team B", body }));
