import type { FilterPolicyScope } from "./filterPolicy/filterPolicy.ts";
import { explain } from "./filterPolicy/match.ts";
import type { FilteredMessage } from "./filterPolicy/messageFields.ts";
import { mostMessageAttributes } from "./messageAttributes.ts";

/** What decides whether a subscription gets a message. */
export type SubscriptionRules = {
  readonly protocol: string;
  /** Whether it is not confirmed yet. */
  readonly pending: boolean;
  readonly raw: boolean;
  /** JSON text. */
  readonly filterPolicy?: string | undefined;
  readonly filterPolicyScope: FilterPolicyScope;
};

export type SubscriptionVerdict = { readonly delivered: boolean; readonly reason: string };

/**
 * Whether SNS would deliver a message to a subscription, and why.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 */
export function subscriptionVerdict(
  rules: SubscriptionRules,
  message: FilteredMessage,
): SubscriptionVerdict {
  const { pending, protocol, raw, filterPolicy, filterPolicyScope } = rules;
  if (pending) return { delivered: false, reason: "the subscription is not confirmed yet" };
  if (filterPolicy !== undefined) {
    const { matches, reason } = explain(JSON.parse(filterPolicy), filterPolicyScope, message);
    if (!matches) return { delivered: false, reason };
    return withLimit({ delivered: true, reason });
  }
  return withLimit({ delivered: true, reason: "it has no filter" });

  function withLimit(verdict: SubscriptionVerdict): SubscriptionVerdict {
    const number = Object.keys(message.attributes).length;
    if (protocol !== "sqs" || !raw || number <= mostMessageAttributes) return verdict;
    return {
      delivered: false,
      reason: `SNS drops it: it has ${number} attributes, and raw delivery to SQS allows ${mostMessageAttributes}`,
    };
  }
}
