import { randomUUID } from "node:crypto";
import { toCloudEvent } from "../handlers/lib/messages/cloudEvent.ts";
import type { MessageType } from "../handlers/lib/messages/messageType.ts";
import { payloadSizeAttribute, pointerTo } from "../handlers/lib/messages/payloadPointer.ts";
import type { PayloadStore } from "../handlers/lib/messages/s3Payloads.ts";
import { parseAsync } from "../handlers/lib/parseJson.ts";
import { PermanentError } from "../handlers/lib/permanentError.ts";
import { type Attributes, attributeBytes, attributesOf } from "./attributes.ts";

/** A message as SNS gets it. */
export type PreparedMessage = {
  readonly body: string;
  readonly attributes: Attributes;
  readonly group?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** What SNS counts: the body and the attributes. */
  readonly bytes: number;
};

/** How the messages of a type become those of SNS. */
export type Preparation<Message> = {
  readonly type: MessageType<Message, unknown, string>;
  readonly group?: ((message: Message) => string) | undefined;
  readonly deduplicationId?: ((message: Message) => string) | undefined;
  readonly maxMessageBytes: number;
  readonly payloads?: PayloadStore | undefined;
};

/**
 * Checks a message in the form that its consumers receive, its JSON, and prepares it.
 *
 * @param trace as `traceparent`
 * @throws PermanentError if the message is not of the type, or too large and there is no place for its payload
 */
export async function prepare<Message>(
  message: Message,
  preparation: Preparation<Message>,
  trace: string | undefined,
): Promise<PreparedMessage> {
  const { type, group, deduplicationId } = preparation;
  const json: unknown = JSON.parse(JSON.stringify(message) ?? "null");
  await parseAsync(type.schema, json, type.name);
  const body =
    type.cloudEvent === undefined
      ? JSON.stringify(json)
      : toCloudEvent(type.cloudEvent, json, {
          id: randomUUID(),
          time: new Date().toISOString(),
          traceparent: trace,
        });
  const attributes = { ...attributesOf(json, type.attributes), ...traceAttribute(trace) };
  const prepared = {
    body,
    attributes,
    group: group?.(message),
    deduplicationId: deduplicationId?.(message),
    bytes: Buffer.byteLength(body) + attributeBytes(attributes),
  };
  checkSize(prepared, preparation);
  return prepared;
}

function traceAttribute(traceparent: string | undefined): Attributes {
  if (traceparent === undefined) return {};
  return { traceparent: { DataType: "String", StringValue: traceparent } };
}

function checkSize(
  { bytes }: PreparedMessage,
  {
    type,
    maxMessageBytes,
    payloads,
  }: Pick<Preparation<never>, "maxMessageBytes" | "payloads"> & {
    readonly type: { readonly name: string };
  },
): void {
  if (bytes <= maxMessageBytes || payloads !== undefined) return;
  throw new PermanentError(
    `the ${type.name} has ${bytes} bytes with its attributes, more than the topic's ${maxMessageBytes}; set \`payloads\` to keep large messages in S3`,
  );
}

/** Moves the body of a message that is too large to S3, and leaves a pointer to it. */
export async function offload(
  message: PreparedMessage,
  { maxMessageBytes, payloads }: Pick<Preparation<never>, "maxMessageBytes" | "payloads">,
): Promise<PreparedMessage> {
  if (message.bytes <= maxMessageBytes || payloads === undefined) return message;
  const key = randomUUID();
  await payloads.write(key, message.body);
  const body = pointerTo({ bucket: payloads.bucket, key });
  const size = String(Buffer.byteLength(message.body));
  const attributes = {
    ...message.attributes,
    [payloadSizeAttribute]: { DataType: "Number", StringValue: size },
  };
  return {
    ...message,
    body,
    attributes,
    bytes: Buffer.byteLength(body) + attributeBytes(attributes),
  };
}
