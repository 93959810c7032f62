import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { type Interaction, readInteraction } from "./interaction.ts";

const { INTERACTIONS_TABLE, IDEMPOTENCY_TABLE } = environment(
  "INTERACTIONS_TABLE",
  "IDEMPOTENCY_TABLE",
);
const tables = { sums: INTERACTIONS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: interactions with one post share a counter, and would get in each other's way. */
export const handler = handleBatch(recordHandler, { parallel: false });

const counters = { like: "likes", share: "shares", comment: "comments" } as const;

/** Counts what users do with each post; whatever comes again is not counted again. */
async function recordHandler(message: Message): Promise<Outcome> {
  const interaction = readInteraction(message);
  const { type, postId, interactionId } = interaction;
  const isNew = await addOnce(database, tables, {
    event: identity(interaction),
    key: { postId },
    add: { [counters[type]]: 1 },
  });
  return { outcome: isNew ? "counted" : "unchanged", type, postId, interactionId };
}

/** A user can like a post only once, but share and comment it as often as he wants to. */
function identity({ type, postId, userId, interactionId }: Interaction): string {
  return type === "like" ? `like ${postId} ${userId}` : `${type} ${interactionId}`;
}
