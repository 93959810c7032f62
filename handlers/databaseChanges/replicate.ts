import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import { rememberedSeconds } from "../lib/idempotency.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { type Change, readChange } from "./change.ts";

const { REPLICA_TABLE } = environment("REPLICA_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Keeps a copy of every row as its last version says, in whatever order the changes come. */
async function recordHandler(message: Message): Promise<Outcome> {
  const change = readChange(message.body);
  const { table, key, version, operation } = change;
  const isLast = await putUnlessNewer(replicaOf(change));
  const outcome = isLast ? "replicated" : "unchanged";
  return { outcome, ...(!isLast && { reason: "not newer" }), operation, table, key, version };
}

type Replica = {
  readonly rowKey: string;
  readonly version: number;
  readonly [field: string]: unknown;
};

/**
 * A delete leaves a tombstone, so that an older change that comes later cannot bring the row back. It
 * goes when no such change can come any more.
 */
function replicaOf(change: Change): Replica {
  const { table, key, version } = change;
  const place = { rowKey: `${table}/${key}`, version };
  if (change.operation !== "delete") return { ...place, row: change.row };
  const expiration = Math.floor(Date.now() / 1000) + rememberedSeconds;
  return { ...place, deleted: true, expiration };
}

async function putUnlessNewer(replica: Replica): Promise<boolean> {
  try {
    await database.send(
      new PutCommand({
        TableName: REPLICA_TABLE,
        Item: replica,
        ConditionExpression: "attribute_not_exists(rowKey) OR version < :version",
        ExpressionAttributeValues: { ":version": replica.version },
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
