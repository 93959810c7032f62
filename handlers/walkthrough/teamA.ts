import { handleBatch } from "../lib/batch.ts";

/** Team A's own work on each message of QueueA. */
export const handler = handleBatch(async ({ body }) => ({ outcome: "event for Team A", body }));
