import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { parseJson } from "../lib/parseJson.ts";
import type { Outcome } from "../lib/recordHandler.ts";
import { RetryError } from "../lib/retries/retryError.ts";
import { identifier } from "../samples/fields.ts";

const { SERVICES_TABLE } = environment("SERVICES_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const call = v.object({ id: identifier, service: identifier });

export const handler = handleBatch(recordHandler);

/**
 * Calls a service, whose state is in a table: `up`, `busy` for some seconds, which it says, or down. Each failure is
 * retried in its own way.
 */
async function recordHandler({ body }: Message): Promise<Outcome> {
  const { id, service } = parseJson(call, body, "call");
  const { Item: found } = await database.send(
    new GetCommand({ TableName: SERVICES_TABLE, Key: { service }, ConsistentRead: true }),
  );
  if (found?.state === "busy") {
    throw new RetryError(`the service ${service} is busy`, { afterSeconds: found.seconds });
  }
  if (found?.state !== "up") throw new Error(`the service ${service} is down`);
  return { outcome: "called", id, service };
}
