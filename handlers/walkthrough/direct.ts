import { handleNotification } from "../lib/directNotification.ts";

/** The topic invokes this function directly, without a queue. */
export const handler = handleNotification(async ({ body }) => ({ outcome: "processed", body }));
