import type { Context } from "aws-lambda";
import type { Message } from "../message.ts";
import { parseAsync, readJson } from "../parseJson.ts";
import { PermanentError } from "../permanentError.ts";
import type { Outcome, RecordHandler } from "../recordHandler.ts";
import { type CloudEventContext, readCloudEvent } from "./cloudEvent.ts";
import type { MessageType } from "./messageType.ts";
import { readPayload } from "./readPayload.ts";
import type { PayloadStore } from "./s3Payloads.ts";

/** A message of a type. */
export type TypedMessage = Message & {
  /** Set if the type has an envelope of CloudEvents. */
  readonly cloudEvent?: CloudEventContext | undefined;
};

type Outcomes = Promise<Outcome | readonly Outcome[]>;

export type MessageOptions = {
  /** Where the payloads of large messages are. @default large messages fail */
  readonly payloads?: PayloadStore;
  /**
   * Handles a message that is not of the type. What it returns is the message's outcome, which deletes the
   * message; throw the error to keep it. @default the message fails and moves to the dead-letter queue
   */
  readonly onInvalid?: (error: PermanentError, message: Message, context: Context) => Outcomes;
};

/**
 * Handles messages of a type. Each is fetched from S3 if it is large, taken out of its envelope of CloudEvents
 * if the type has one, and checked against the schema before `handle` is called.
 *
 * @example
 * handleBatch(withMessage(orderPlaced, async ({ id, total }) => ({ outcome: "billed", id, total })));
 */
export function withMessage<Input, Body, Attribute extends string>(
  type: MessageType<Input, Body, Attribute>,
  handle: (body: Body, message: TypedMessage, context: Context) => Outcomes,
  options: MessageOptions = {},
): RecordHandler {
  const { payloads, onInvalid } = options;
  return async (message, context) => {
    const read = await readMessage(type, message, payloads).catch(invalid);
    if (!(read instanceof PermanentError)) return handle(read.body, read.message, context);
    if (onInvalid === undefined) throw read;
    return onInvalid(read, message, context);
  };
}

/** A failure that may pass, such as of S3, makes no message invalid. */
function invalid(error: unknown): PermanentError {
  if (error instanceof PermanentError) return error;
  throw error;
}

async function readMessage<Input, Body, Attribute extends string>(
  { name, schema, cloudEvent }: MessageType<Input, Body, Attribute>,
  message: Message,
  payloads: PayloadStore | undefined,
): Promise<{ readonly body: Body; readonly message: TypedMessage }> {
  const payload = await readPayload(message, payloads);
  const json = readJson(payload, name);
  if (cloudEvent === undefined) {
    return { body: await parseAsync(schema, json, name), message: { ...message, body: payload } };
  }
  const { context, data } = readCloudEvent(json, cloudEvent, name);
  return {
    body: await parseAsync(schema, data, name),
    message: { ...message, body: payload, cloudEvent: context },
  };
}
