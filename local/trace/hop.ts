import type { MessageAttributes } from "../../aws/messageAttributes.ts";

/**
 * One step of an event's way through the cloud. All hops with the same `event` belong to one thing
 * that entered: an object put in a bucket, a message published to a topic or sent to a queue.
 */
export type Hop = {
  /** Position in the run, from 1, without gaps. */
  readonly sequence: number;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** What entered: the id of the upload's request, or the message id of the first publish or send. */
  readonly event: string;
  /** ARN of where the step starts: for a publish or a put, the caller's. */
  readonly from: string;
  /** ARN, or the address of an e-mail or phone, of where it leads. */
  readonly to: string;
  /** Of a step by which a function brought something new in: the events that it worked on then. */
  readonly causes?: readonly string[];
  /** ARN of that function; absent where several with its role were at work. */
  readonly worker?: string;
} & Step;

export type Step =
  /** An object was put in or removed from a bucket. */
  | { readonly kind: "stored"; readonly key: string; readonly eventName: string }
  /** A message was accepted by a topic. */
  | {
      readonly kind: "published";
      readonly messageId: string;
      readonly body: string;
      /** Absent when it has none. */
      readonly attributes?: MessageAttributes;
      readonly groupId?: string;
      /** The X-Ray header of the call. */
      readonly traceHeader?: string;
    }
  /** A message was accepted by a queue: from a topic, or sent straight to it. */
  | {
      readonly kind: "queued";
      readonly messageId: string;
      readonly delaySeconds: number;
      /** The X-Ray header of the call. */
      readonly traceHeader?: string;
    }
  /** FIFO: a message with a known deduplication id was accepted and not kept. */
  | { readonly kind: "deduplicated"; readonly messageId: string }
  /** A subscription's filter policy kept the message back. */
  | {
      readonly kind: "filtered";
      readonly reason: string;
      /** The message has the key that the filter misses, but where the filter does not look. */
      readonly isElsewhere?: true;
    }
  /** A permission was missing or denied. */
  | { readonly kind: "denied"; readonly reason: string }
  /** A call that a function made while it processed the message was denied; `branch` is its queue, or itself. */
  | { readonly kind: "refused"; readonly reason: string; readonly branch: string }
  /** A topic's delivery failed and will be tried again. */
  | { readonly kind: "retrying"; readonly reason: string; readonly at: number }
  /** A message was handed to someone who received from the queue. */
  | { readonly kind: "received"; readonly messageId: string; readonly receiveCount: number }
  /** A function began to work on the message; a batch has one such hop for each of its messages. */
  | { readonly kind: "invoked"; readonly requestId: string; readonly batchSize: number }
  /** A function dealt with the message. */
  | { readonly kind: "handled"; readonly requestId: string; readonly milliseconds: number }
  /** A function failed, or reported this message as failed. */
  | {
      readonly kind: "failed";
      readonly requestId: string;
      /** The function's own error, where it is known. */
      readonly reason: string;
      /** Where in the sources it was thrown: `handlers/orders/order.ts:16:10`. */
      readonly position?: string;
    }
  /** A message moved to a dead-letter queue. */
  | {
      readonly kind: "deadLettered";
      readonly messageId: string;
      readonly reason: string;
      /** Where a topic would have brought it: absent when it comes from a queue or a function. */
      readonly endpoint?: string;
    }
  /** A message is lost, as it would be on AWS. */
  | {
      readonly kind: "dropped";
      readonly reason: string;
      /** Its dead-letter queue did not take it either. */
      readonly redriveFailed?: true;
    }
  /** An e-mail, text message, web request or record left the cloud. */
  | { readonly kind: "sent"; readonly summary: string };
