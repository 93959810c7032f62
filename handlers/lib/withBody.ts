import type { Context } from "aws-lambda";
import type { Message } from "./message.ts";
import { parseJson } from "./parseJson.ts";
import type { Outcome, RecordHandler } from "./recordHandler.ts";
import type { Schema } from "./schema.ts";

/**
 * Handles messages whose bodies are JSON, which is checked before `handle` is called. A message with another
 * body fails with a PermanentError, which lists what is wrong by its path.
 *
 * @param what names the body in the error: "order"
 *
 * @example
 * const order = v.object({ id: v.string(), total: v.number() });
 * handleBatch(withBody("order", order, async ({ id, total }) => ({ outcome: "billed", id, total })));
 */
export function withBody<Body>(
  what: string,
  schema: Schema<Body>,
  handle: (body: Body, message: Message, context: Context) => Promise<Outcome | readonly Outcome[]>,
): RecordHandler {
  return async (message, context) =>
    handle(parseJson(schema, message.body, what), message, context);
}
