import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import type { Outcome } from "../lib/recordHandler.ts";

const { NOTES_TABLE, CONSUMER } = environment("NOTES_TABLE", "CONSUMER");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

/** Records that this consumer received the message. A redelivery writes the same record. */
export async function noteMessage({ messageId, body }: Message): Promise<Outcome> {
  const Item = { id: `${CONSUMER} ${messageId}`, consumer: CONSUMER, body };
  await database.send(new PutCommand({ TableName: NOTES_TABLE, Item }));
  return { outcome: "noted", consumer: CONSUMER };
}
