import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { SentMessage } from "../sqs/interface.ts";
import type { MessageSigner } from "./delivering/messageSigner.ts";
import type { Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/** A published message, before it is delivered to the subscriptions. */
export type Notification = {
  readonly type: "Notification";
  readonly messageId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly timestamp: number;
  readonly text: string;
  /** `MessageStructure: json`: the texts of those protocols that have their own. */
  readonly textByProtocol?: Readonly<Record<string, string>>;
  readonly subject?: string;
  readonly attributes: MessageAttributes;
  /** FIFO topics only. */
  readonly sequenceNumber?: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  /** Whether it comes from the topic's archive. */
  readonly replayed?: true;
  /** The event that the message belongs to, for the trace. */
  readonly event: string;
};

/** What SNS sends to an endpoint that must confirm its subscription, or an unsigned end of it. */
export type Confirmation = {
  readonly type: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly timestamp: number;
  readonly token: string;
  /** Opening it confirms the subscription. */
  readonly subscribeUrl: string;
  readonly event: string;
};

/** One message for one subscription. A notification's `text` is the one of its protocol. */
export type Delivery<Message = Notification> = {
  readonly topic: Topic;
  readonly subscription: Subscription;
  readonly message: Message;
  /** Opening it ends the subscription. */
  readonly unsubscribeUrl: string;
  readonly signer: MessageSigner;
};

/**
 * Delivers messages to the endpoints of one protocol. It throws an `AwsError`, or rejects with one: of a
 * status below 500 if a retry is useless (SNS's client errors), above if it may help.
 */
export type Deliverer = {
  deliver(delivery: Delivery): void | Promise<void>;
  /** If present, endpoints of the protocol must confirm their subscriptions. */
  confirm?(delivery: Delivery<Confirmation>): void | Promise<void>;
  /** If present, deliveries leave the cloud, and this describes them in the trace. */
  summary?(delivery: Delivery<Notification | Confirmation>): string;
  /** Throws for an endpoint that it can never reach. */
  check?(endpoint: string): void;
};

/** The deliverer to queues accepts the dead letters of all protocols. */
export type QueueDeliverer = Deliverer & {
  deadLetter(queueArn: string, delivery: Delivery): SentMessage;
};

/** By protocol. One that is missing is not supported. */
export type Deliverers = Readonly<Record<string, Deliverer>> & { readonly sqs: QueueDeliverer };
