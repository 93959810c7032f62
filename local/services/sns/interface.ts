import type { MessageAttributes } from "../../../aws/messageAttributes.ts";
import type { Principal } from "../../protocol/access.ts";

/** A message on its way into a topic. */
export type Publication = {
  readonly message: string;
  readonly subject?: string;
  /** `json`: `message` is an object of texts by protocol, with `default`. */
  readonly messageStructure?: "json";
  readonly attributes?: MessageAttributes;
  /** Needed on a FIFO topic. */
  readonly groupId?: string;
  /** On a FIFO topic needed unless it deduplicates by content; refused on a standard topic. */
  readonly deduplicationId?: string;
  /** The X-Ray header of the call (`X-Amzn-Trace-Id`), passed on to queues. */
  readonly traceHeader?: string;
  /** Who publishes, for the topic's policy, and the condition keys of the call. */
  readonly by: Principal;
  readonly context?: Readonly<Record<string, string>>;
  /** The event that this message belongs to, for the trace; its own message id when absent. */
  readonly event?: string;
  /** ARN of the publisher, for the trace. */
  readonly from: string;
};

export type Published = {
  readonly messageId: string;
  /** FIFO topics only. */
  readonly sequenceNumber?: string;
};

/** What S3 and Lambda's destinations need of the topics. */
export type Publisher = {
  /** @throws AwsError when the topic does not exist, or its policy or its key's denies the publisher */
  publish(topicArn: string, publication: Publication): Published;
};

/** Whether a topic refused to let someone publish, by its policy or its key's; it has traced this itself. */
export function deniedByTopic({ code }: { readonly code: string }): boolean {
  return code === "AuthorizationError" || code === "KMSAccessDenied";
}

/** Whether a target of any kind refused a message for want of a permission. */
export function isDenial(refusal: { readonly code: string }): boolean {
  return deniedByTopic(refusal) || refusal.code === "AccessDenied";
}
