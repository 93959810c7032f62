import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import { rememberedSeconds } from "../lib/idempotency.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { type Change, readChange } from "./change.ts";

const { REPLICA_TABLE } = environment("REPLICA_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Replicates the last version of every row, in whatever order the changes arrive. */
async function recordHandler(message: Message): Promise<Outcome> {
  const change = readChange(message.body);
  const { table, key, version, operation } = change;
  const isLast = await putUnlessNewer(replicaOf(change));
  const about = { operation, table, key, version };
  return isLast
    ? { outcome: "replicated", ...about }
    : skipped("unchanged", { reason: "not newer", ...about });
}

type Replica = {
  readonly rowKey: string;
  readonly version: number;
  readonly [field: string]: unknown;
};

/**
 * A delete leaves a tombstone, so that an older change that arrives later cannot restore the row. It expires
 * when no such change can arrive any more.
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
