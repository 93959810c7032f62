import { setTimeout } from "node:timers/promises";
import { PublishBatchCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { arnParts } from "../aws/arn.ts";
import { topicLimits } from "../aws/limits.ts";
import { environment } from "../handlers/lib/environment.ts";
import type { MessageType } from "../handlers/lib/messages/messageType.ts";
import type { PayloadStore } from "../handlers/lib/messages/s3Payloads.ts";
import { PermanentError } from "../handlers/lib/permanentError.ts";
import { currentTraceparent } from "../handlers/lib/tracing/currentTrace.ts";
import { batchesOf } from "./batches.ts";
import { InvalidMessagesError } from "./errors.ts";
import type { Published } from "./outcome.ts";
import { offload, type PreparedMessage, prepare } from "./prepare.ts";
import { type Entry, publishBatches } from "./publishBatches.ts";
import { xrayHeader } from "./xrayHeader.ts";

/** Publishes messages of one type to one topic. */
export interface Publisher<Message> {
  /**
   * Publishes a message.
   *
   * @throws PermanentError that lists every problem if the message is not of the type; nothing is sent
   */
  readonly publish: (message: Message) => Promise<Published>;
  /**
   * Publishes any number of messages with as few requests as SNS allows: up to 10 messages each, on a FIFO
   * topic each of another group. A message that SNS itself fails on is sent again, up to 5 times in all.
   *
   * @returns by the index of the message
   * @throws InvalidMessagesError that lists every message that is not of the type; nothing is sent
   * @throws PublishError that lists what was published and what was not
   */
  readonly publishAll: (messages: readonly Message[]) => Promise<readonly Published[]>;
}

export interface PublisherOptions<Message> {
  /** @default the environment variable TOPIC_ARN */
  readonly topicArn?: string;
  /** @default a client for the topic's region, with the environment's credentials */
  readonly client?: SNSClient;
  /** The message group: messages of a group arrive in order. Required for FIFO topics. */
  readonly group?: (message: Message) => string;
  /**
   * SNS accepts a message of one id once in 5 minutes. For FIFO topics only. @default the topic's
   * content-based deduplication
   */
  readonly deduplicationId?: (message: Message) => string;
  /** Where the bodies of messages above `maxMessageBytes` are kept. @default such messages are rejected */
  readonly payloads?: PayloadStore;
  /** The topic's attribute `MaximumMessageSize`, 1,024 to 1,048,576. @default 262,144 */
  readonly maxMessageBytes?: number;
  /**
   * Returns the W3C trace context of the current work, which is published as the attribute `traceparent`.
   * @default in a handler, the trace of the message or of X-Ray, if there is one; otherwise none
   */
  readonly traceparent?: () => string | undefined;
}

/**
 * Publishes messages of a type to a topic, from any application. Call it once, at module level.
 *
 * @throws Error if there is no ARN of a topic, or no `group` for a FIFO topic
 *
 * @example
 * const orders = publisher(orderPlaced, { topicArn: process.env.ORDERS_TOPIC_ARN });
 * await orders.publish({ id: "o-1", status: "paid", total: 12 });
 */
export function publisher<Message, Body, Attribute extends string>(
  type: MessageType<Message, Body, Attribute>,
  options: PublisherOptions<Message> = {},
): Publisher<Message> {
  const topicArn = options.topicArn ?? environment("TOPIC_ARN").TOPIC_ARN;
  const client = options.client ?? new SNSClient({ region: regionOf(topicArn, type.name) });
  const ordered = topicArn.endsWith(".fifo");
  if (ordered && options.group === undefined) {
    throw new Error(`publisher of ${type.name}: ${topicArn} is a FIFO topic; set \`group\``);
  }
  const maxMessageBytes = options.maxMessageBytes ?? topicLimits.defaultMessageBytes;
  const { traceparent = currentTraceparent } = options;
  const preparation = { ...options, type, maxMessageBytes };

  return {
    async publish(message) {
      const trace = traceparent();
      const prepared = await offload(await prepare(message, preparation, trace), preparation);
      const command = new PublishCommand({ TopicArn: topicArn, ...inputOf(prepared) });
      command.middlewareStack.add(xrayHeader(trace), { step: "build" });
      const { MessageId = "", SequenceNumber } = await client.send(command);
      return {
        messageId: MessageId,
        ...(SequenceNumber !== undefined && { sequenceNumber: SequenceNumber }),
      };
    },

    async publishAll(messages) {
      const trace = traceparent();
      const prepared = await prepareAll(messages, (message) =>
        prepare(message, preparation, trace),
      );
      const sent = await Promise.all(prepared.map((message) => offload(message, preparation)));
      const entries = sent.map((message, index) => ({ ...message, index }));
      const batches = batchesOf(entries, { maxBytes: maxMessageBytes, ordered });
      const send = (batch: readonly Entry[]) => sendBatch(batch, trace);
      return publishBatches(batches, { send, pause: backOff, ordered });
    },
  };

  function sendBatch(entries: readonly Entry[], trace: string | undefined) {
    const command = new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: entries.map((entry) => ({
        Id: String(entry.index),
        ...inputOf(entry),
      })),
    });
    command.middlewareStack.add(xrayHeader(trace), { step: "build" });
    return client.send(command);
  }
}

function regionOf(topicArn: string, name: string): string {
  const { service, region } = arnParts(topicArn);
  if (service === "sns" && region !== "") return region;
  throw new Error(
    `publisher of ${name}: topicArn must be the ARN of a topic (given "${topicArn}")`,
  );
}

function inputOf({ body, attributes, group, deduplicationId }: PreparedMessage) {
  return {
    Message: body,
    MessageAttributes: attributes,
    ...(group !== undefined && { MessageGroupId: group }),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
  };
}

async function prepareAll<Message>(
  messages: readonly Message[],
  prepareOne: (message: Message) => Promise<PreparedMessage>,
): Promise<PreparedMessage[]> {
  const results = await Promise.all(messages.map((message) => prepareOne(message).catch(invalid)));
  const problems = results.flatMap((result, index) =>
    result instanceof PermanentError ? [{ index, problem: result.message }] : [],
  );
  if (problems.length > 0) throw new InvalidMessagesError(messages.length, problems);
  return results.flatMap((result) => (result instanceof PermanentError ? [] : [result]));
}

function invalid(error: unknown): PermanentError {
  if (error instanceof PermanentError) return error;
  throw error;
}

/** Full jitter: 0 to 200 ms after the first attempt, doubled after each. */
async function backOff(attempt: number): Promise<void> {
  await setTimeout(Math.random() * 100 * 2 ** attempt);
}
