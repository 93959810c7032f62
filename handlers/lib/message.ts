import type { SNSEventRecord, SQSMessageAttributes, SQSRecord } from "aws-lambda";
import * as v from "valibot";
import { parseTraceparent, type TraceContext } from "../../aws/traceContext.ts";
import { lambdaTrace } from "./tracing/lambdaTrace.ts";
import { queueMessageTrace } from "./tracing/messageTrace.ts";

/** A message as its publisher sent it, without the envelopes of SNS and SQS. */
export type Message = {
  /** The message id in the failure report and in the dead-letter queue. */
  readonly messageId: string;
  /**
   * The id that all consumers of an event share: SNS's message id. Raw delivery does not carry it; the
   * message id of the queue stands in.
   */
  readonly eventId: string;
  /** When SNS accepted it; with raw delivery, when the queue did. ISO 8601, UTC. */
  readonly sentAt: string;
  readonly body: string;
  /** Message attributes by name: strings and numbers as text, lists as JSON, binary values as base64. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The trace that the publisher began or continued; absent if it sent none. */
  readonly trace?: TraceContext | undefined;
};

/**
 * The envelope of a message that SNS delivers to a queue, unless the subscription uses raw delivery.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
const snsEnvelope = v.object({
  Type: v.literal("Notification"),
  MessageId: v.string(),
  TopicArn: v.string(),
  Message: v.string(),
  Timestamp: v.string(),
  MessageAttributes: v.optional(v.record(v.string(), v.object({ Value: v.string() })), {}),
});

type SnsEnvelope = v.InferOutput<typeof snsEnvelope>;

/** The message in a record of an SQS queue, delivered raw or in SNS's envelope. */
export function openQueueRecord(record: SQSRecord): Message {
  const envelope = readEnvelope(record.body);
  const { AWSTraceHeader } = record.attributes;
  if (envelope === undefined) {
    const attributes = attributesOfQueue(record.messageAttributes);
    return {
      messageId: record.messageId,
      eventId: record.messageId,
      sentAt: new Date(Number(record.attributes.SentTimestamp)).toISOString(),
      body: record.body,
      attributes,
      ...traced(queueMessageTrace(attributes, AWSTraceHeader)),
    };
  }
  const attributes = attributesOfTopic(envelope.MessageAttributes);
  return {
    messageId: record.messageId,
    eventId: envelope.MessageId,
    sentAt: envelope.Timestamp,
    body: envelope.Message,
    attributes,
    ...traced(queueMessageTrace(attributes, AWSTraceHeader)),
  };
}

/** The message in a record with which SNS invoked the function. */
export function openNotification({ Sns: notification }: SNSEventRecord): Message {
  const attributes = attributesOfTopic(notification.MessageAttributes);
  return {
    messageId: notification.MessageId,
    eventId: notification.MessageId,
    sentAt: notification.Timestamp,
    body: notification.Message,
    attributes,
    // X-Ray's trace of the publisher is that of the invocation.
    ...traced(parseTraceparent(attributes.traceparent) ?? lambdaTrace()),
  };
}

function traced(trace: TraceContext | undefined): Pick<Message, "trace"> {
  return trace === undefined ? {} : { trace };
}

function readEnvelope(body: string): SnsEnvelope | undefined {
  const result = v.safeParse(snsEnvelope, jsonOrUndefined(body));
  return result.success ? result.output : undefined;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A body need not be JSON, and one that is not JSON is no envelope.
    return undefined;
  }
}

function attributesOfQueue(attributes: SQSMessageAttributes): Record<string, string> {
  const values = Object.entries(attributes).map(([name, attribute]) => [
    name,
    attribute.stringValue ?? attribute.binaryValue ?? "",
  ]);
  return Object.fromEntries(values);
}

function attributesOfTopic(
  attributes: Readonly<Record<string, { readonly Value: string }>>,
): Record<string, string> {
  const values = Object.entries(attributes).map(([name, { Value }]) => [name, Value]);
  return Object.fromEntries(values);
}
