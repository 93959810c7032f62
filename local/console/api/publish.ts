import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { accountRootArn } from "../../../aws/arn.ts";
import { textAttributes } from "../../../aws/messageAttributes.ts";
import { type SubscriptionRules, subscriptionVerdict } from "../../../aws/subscriptionVerdict.ts";
import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { overTls, owner } from "../../protocol/access.ts";
import type { Subscription } from "../../services/sns/subscription.ts";
import type { Verdict } from "./types.ts";

/** A message from the form of the page. */
export const messageInput = v.strictObject({
  topicArn: v.string(),
  message: v.string(),
  subject: v.optional(v.string()),
  /** All of type String. */
  attributes: v.optional(v.record(v.string(), v.string()), {}),
  groupId: v.optional(v.string()),
});

type MessageInput = v.InferOutput<typeof messageInput>;

/**
 * Publishes as the account's owner.
 *
 * @returns the id of its event
 */
export function publish({ topics }: Cloud, input: MessageInput): { event: string } {
  const { topicArn, attributes, groupId, ...rest } = input;
  const { fifo } = topics.get(topicArn);
  const { messageId } = topics.publish(topicArn, {
    ...rest,
    attributes: textAttributes(attributes),
    ...(groupId !== undefined && { groupId }),
    // Pressing the button twice publishes two messages.
    ...(fifo && { deduplicationId: randomUUID() }),
    by: owner,
    context: overTls,
    from: accountRootArn(account),
  });
  return { event: messageId };
}

/** Who would get the message, and why; nothing is sent. */
export function previewDelivery({ topics }: Cloud, input: MessageInput): Verdict[] {
  const message = { body: input.message, attributes: textAttributes(input.attributes) };
  return topics.subscriptions(input.topicArn).map((subscription) => ({
    subscriptionArn: subscription.arn,
    ...subscriptionVerdict(rulesOf(subscription), message),
  }));
}

function rulesOf({ protocol, status, rawDelivery, attributes }: Subscription): SubscriptionRules {
  const { FilterPolicy: filterPolicy, FilterPolicyScope: scope } = attributes;
  return {
    protocol,
    pending: status !== "confirmed",
    raw: rawDelivery,
    filterPolicy,
    filterPolicyScope: scope === "MessageBody" ? "MessageBody" : "MessageAttributes",
  };
}
