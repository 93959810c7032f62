import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch, type QueueHandler } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { addOnce } from "../samples/addOnce.ts";
import { readReading } from "./reading.ts";

const { SUMS_TABLE, IDEMPOTENCY_TABLE } = environment("SUMS_TABLE", "IDEMPOTENCY_TABLE");
const tables = { sums: SUMS_TABLE, markers: IDEMPOTENCY_TABLE };
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/**
 * Adds up each source's readings by the period in which they were taken: their sum and their number.
 * Each reading counts once, however often and however late it comes. Readings are added one after
 * another: those of one period share an item, and would get in each other's way.
 *
 * @param period of a moment in ISO 8601
 */
export function sumBy(name: string, period: (time: string) => string): QueueHandler {
  async function recordHandler(message: Message): Promise<Outcome> {
    const { readingId, source, time, value } = readReading(message.body);
    const key = { source, period: period(time) };
    const event = `${name} ${source} ${readingId}`;
    const isNew = await addOnce(database, tables, { event, key, add: { sum: value, readings: 1 } });
    return { outcome: isNew ? "added" : "unchanged", readingId, ...key };
  }
  return handleBatch(recordHandler, { parallel: false });
}
