import type { CompiledFilterPolicy } from "../../../aws/filterPolicy/compile.ts";

export type Protocol =
  | "email"
  | "email-json"
  | "firehose"
  | "http"
  | "https"
  | "lambda"
  | "sms"
  | "sqs";

/** Values by the names that `SetSubscriptionAttributes` knows. */
export type SubscriptionAttributes = Readonly<Record<string, string>>;

/** What is kept of a subscription. */
export type StoredSubscription = {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  /** An ARN, a URL, an e-mail address or a phone number. */
  readonly endpoint: string;
  /** The attributes that were set explicitly. */
  readonly attributes: SubscriptionAttributes;
  /** Messages go to confirmed ones only. An unsubscribed one can be restored by its token. */
  readonly status: "pending" | "confirmed" | "unsubscribed";
  /** ARN of who subscribed. */
  readonly subscribedBy: string;
  readonly confirmation?: { readonly token: string; readonly expiresAt: number };
  /** The confirmation was signed, or none was needed. */
  readonly confirmedBySignature: boolean;
  /** Only a signed call may end the subscription. */
  readonly authenticateOnUnsubscribe: boolean;
};

export type Subscription = StoredSubscription & {
  readonly rawDelivery: boolean;
  /** ARN of the queue for messages that cannot be delivered. */
  readonly deadLetterArn?: string;
  readonly filter?: CompiledFilterPolicy;
};

/** A subscription without what can be told from its attributes. */
export function storedPart(subscription: StoredSubscription): StoredSubscription {
  const {
    rawDelivery,
    deadLetterArn,
    filter,
    ...stored
  }: Partial<Subscription> & StoredSubscription = subscription;
  return stored;
}
