import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch, type QueueHandler } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { readReading } from "./reading.ts";

const { SUMS_TABLE, IDEMPOTENCY_TABLE } = environment("SUMS_TABLE", "IDEMPOTENCY_TABLE");
const tables = { sums: SUMS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/**
 * Sums and counts the readings of each source by the period in which they were taken. Each reading counts
 * once, however often and however late it is delivered. Readings are added one after another: those of a
 * period update the same item, and would conflict.
 *
 * @param period returns the period of a time in ISO 8601
 */
export function sumBy(name: string, period: (time: string) => string): QueueHandler {
  async function recordHandler(message: Message): Promise<Outcome> {
    const { readingId, source, time, value } = readReading(message.body);
    const key = { source, period: period(time) };
    const event = `${name} ${source} ${readingId}`;
    const isNew = await addOnce(database, tables, { event, key, add: { sum: value, readings: 1 } });
    const about = { readingId, ...key };
    return isNew ? { outcome: "added", ...about } : skipped("unchanged", about);
  }
  return handleBatch(recordHandler, { parallel: false });
}
