import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { readRegistration } from "./registration.ts";

const { COUNTS_TABLE, IDEMPOTENCY_TABLE } = environment("COUNTS_TABLE", "IDEMPOTENCY_TABLE");
const tables = { sums: COUNTS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: a day's registrations share a counter, and would get in each other's way. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Counts each day's new users (UTC), in all and by plan; each user once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { userId, plan, time } = readRegistration(message.body);
  const day = time.slice(0, 10);
  const isNew = await addOnce(database, tables, {
    event: `registration ${userId}`,
    key: { day },
    add: { registrations: 1, [plan]: 1 },
  });
  return { outcome: isNew ? "counted" : "unchanged", userId, day };
}
