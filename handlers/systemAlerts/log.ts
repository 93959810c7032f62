import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { parse } from "../lib/parseJson.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { line } from "../samples/fields.ts";
import { putOnce } from "../samples/putOnce.ts";

const { ALERTS_TABLE } = environment("ALERTS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleNotification(recordHandler);

/** The body of an alert is a text for people, in a mail or on a phone; its data is in attributes. */
const attributes = v.object({
  severity: v.picklist(["info", "warning", "critical"]),
  service: line,
});

/** Stores every alert once, even if Lambda retries. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { severity, service } = parse(attributes, message.attributes, "alert's attributes");
  const { eventId: alertId, body: text, sentAt: time } = message;
  const alert = { alertId, time, severity, service, text };
  const isNew = await putOnce(database, ALERTS_TABLE, "alertId", alert);
  const about = { severity, service };
  return isNew ? { outcome: "logged", ...about } : skipped("unchanged", about);
}
