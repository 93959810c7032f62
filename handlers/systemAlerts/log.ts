import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { handleNotification } from "../lib/directNotification.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { parse } from "../lib/parseJson.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { putOnce } from "../samples/putOnce.ts";
import { line } from "../samples/shapes.ts";

const { ALERTS_TABLE } = environment("ALERTS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleNotification(recordHandler);

/** An alert's message is a text for people, the same in a mail and on a phone; the rest is in attributes. */
const attributes = v.object({
  severity: v.picklist(["info", "warning", "critical"]),
  service: line,
});

/** Keeps every alert, once, also when Lambda has to try again. */
async function recordHandler(message: Message): Promise<Outcome> {
  const { severity, service } = parse(attributes, message.attributes, "alert's attributes");
  const { eventId: alertId, body: text, sentAt: time } = message;
  const alert = { alertId, time, severity, service, text };
  const isNew = await putOnce(database, ALERTS_TABLE, "alertId", alert);
  return { outcome: isNew ? "logged" : "unchanged", severity, service };
}
