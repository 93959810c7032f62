import { setTimeout } from "node:timers/promises";
import { handleBatch } from "../lib/batch.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { noteMessage } from "./noteMessage.ts";

/** Simulates work on each message, so that a backlog builds up when many arrive at once. */
const workMilliseconds = 100;

export const handler = handleBatch(recordHandler);

async function recordHandler(message: Message): Promise<Outcome> {
  await setTimeout(workMilliseconds);
  return noteMessage(message);
}
