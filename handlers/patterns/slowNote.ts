import { setTimeout } from "node:timers/promises";
import { handleBatch } from "../lib/batch.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { noteMessage } from "./noteMessage.ts";

/** What real work would take for each message, so that messages pile up when many come at once. */
const workMilliseconds = 100;

export const handler = handleBatch(recordHandler);

async function recordHandler(message: Message): Promise<Outcome> {
  await setTimeout(workMilliseconds);
  return noteMessage(message);
}
