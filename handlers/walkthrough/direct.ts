import { handleNotification } from "../lib/directNotification.ts";

/** What the topic invokes by itself, without a queue between. */
export const handler = handleNotification(async ({ body }) => ({ outcome: "processed", body }));
