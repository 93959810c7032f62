import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { type Interaction, readInteraction } from "./interaction.ts";

const { INTERACTIONS_TABLE, IDEMPOTENCY_TABLE } = environment(
  "INTERACTIONS_TABLE",
  "IDEMPOTENCY_TABLE",
);
const tables = { sums: INTERACTIONS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: interactions with a post update the same counter, and would conflict. */
export const handler = handleBatch(recordHandler, { parallel: false });

const counters = { like: "likes", share: "shares", comment: "comments" } as const;

/** Counts the interactions with each post; a repeated event is counted once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const interaction = readInteraction(message);
  const { type, postId, interactionId } = interaction;
  const isNew = await addOnce(database, tables, {
    event: identity(interaction),
    key: { postId },
    add: { [counters[type]]: 1 },
  });
  const about = { type, postId, interactionId };
  return isNew ? { outcome: "counted", ...about } : skipped("unchanged", about);
}

/** A user can like a post only once, but share and comment on it any number of times. */
function identity({ type, postId, userId, interactionId }: Interaction): string {
  return type === "like" ? `like ${postId} ${userId}` : `${type} ${interactionId}`;
}
