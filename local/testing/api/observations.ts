import type { MessageAttributes } from "../../../aws/messageAttributes.ts";

/** How far a message has got at one subscriber, or how it ended there. */
export type DeliveryStatus =
  /** In the queue; without a function that polls it, until an application receives it. */
  | "waiting"
  /** Received, or a function works on it. */
  | "working"
  /** The topic, or a throttled function, tries again later. */
  | "retrying"
  /** A function dealt with it. */
  | "handled"
  /** A function failed on it; it comes back, unless it was the last try. */
  | "failed"
  /** Moved to a dead-letter queue or a destination for failures. */
  | "deadLettered"
  /** A filter kept it back. */
  | "filtered"
  /** A permission was missing. */
  | "denied"
  /** Lost, as it would be on AWS. */
  | "dropped"
  /** FIFO: known by its deduplication id, and not kept. */
  | "deduplicated"
  /** An e-mail, text message, web request or record left the cloud. */
  | "sent"
  /** Not subscribed, or not confirmed, when the message was published. */
  | "notSubscribed";

/** What became of one message at one subscriber. */
export type Delivery = {
  /** Name of the queue or function, or the address. */
  readonly subscriber: string;
  /** ARN of the queue or function; the address of any other subscriber. */
  readonly endpoint: string;
  readonly status: DeliveryStatus;
  /** Why, in the words of the service or the handler. Absent where all is well. */
  readonly reason?: string;
  /** How often a function began to work on it. */
  readonly tries: number;
  /** Why each failed try failed, oldest first. */
  readonly failures: readonly string[];
};

/** One run of a function. */
export type Invocation = {
  readonly functionName: string;
  /** The attempts of an asynchronous invocation share it. */
  readonly requestId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly startedAt: number;
  /** On the machine's clock, and a fault's delay. */
  readonly milliseconds: number;
  /** Absent when the handler returned. */
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
  /** The messages that failed, because the whole run did or because the handler reported them. */
  readonly failures: readonly { readonly event: string; readonly reason: string }[];
  /** What the handler printed, and Lambda's own lines. */
  readonly log: string;
};

/** A message in a queue, seen without receiving it. */
export type QueueMessage = {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly state: "visible" | "inFlight" | "delayed";
  readonly receiveCount: number;
  readonly groupId?: string;
  /** Id of the event that it belongs to. */
  readonly event: string;
};

/** A message that ended in a dead-letter queue. */
export type DeadLetter = QueueMessage & {
  /** Name of the queue that holds it. */
  readonly queue: string;
  /** Why it is there. */
  readonly reason: string;
};

/** An e-mail or text message that AWS would have sent. */
export type SentMessage = {
  readonly kind: "email" | "sms";
  /** E-mail addresses, or one phone number. */
  readonly to: readonly string[];
  /** The address or sender id that the receiver would see. */
  readonly from: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  /** Id of the event that it belongs to. */
  readonly event?: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
};
