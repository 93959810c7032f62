import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { readRegistration } from "./registration.ts";

const { COUNTS_TABLE, IDEMPOTENCY_TABLE } = environment("COUNTS_TABLE", "IDEMPOTENCY_TABLE");
const tables = { sums: COUNTS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** One after another: registrations of a day update the same counter, and would conflict. */
export const handler = handleBatch(recordHandler, { parallel: false });

/** Counts the new users of each day (UTC), in total and by plan; each user once. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { userId, plan, time } = readRegistration(message.body);
  const day = time.slice(0, 10);
  const isNew = await addOnce(database, tables, {
    event: `registration ${userId}`,
    key: { day },
    add: { registrations: 1, [plan]: 1 },
  });
  const about = { userId, day };
  return isNew ? { outcome: "counted", ...about } : skipped("unchanged", about);
}
