import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { SentMessage } from "../sqs/interface.ts";
import type { Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/** A published message on its way to the subscriptions. */
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
  /** The event that the message belongs to, for the trace. */
  readonly event: string;
};

/** What SNS asks the owner of an endpoint when it is subscribed, or unsubscribed without a signature. */
export type Confirmation = {
  readonly type: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly messageId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly timestamp: number;
  readonly token: string;
  /** Opening it confirms. */
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
};

/**
 * Brings messages to the endpoints of one protocol. It throws an `AwsError`, or rejects with one: of a
 * status below 500 when trying again is no use (SNS's client errors), above when it may be.
 */
export type Deliverer = {
  deliver(delivery: Delivery): void | Promise<void>;
  /** Where it is there, endpoints of the protocol must confirm their subscriptions. */
  confirm?(delivery: Delivery<Confirmation>): void | Promise<void>;
  /** Where it is there, what is delivered leaves the cloud, and this tells the trace how. */
  summary?(delivery: Delivery<Notification | Confirmation>): string;
  /** Throws for an endpoint that it will never reach. */
  check?(endpoint: string): void;
};

/** The deliverer to queues takes the dead letters of all protocols. */
export type QueueDeliverer = Deliverer & {
  deadLetter(queueArn: string, delivery: Delivery): SentMessage;
};

/** By protocol. One that is missing is not supported. */
export type Deliverers = Readonly<Record<string, Deliverer>> & { readonly sqs: QueueDeliverer };
