import type { Subscriber } from "../fanoutTopicArgs.ts";
import { accountId, addresses, formProblem } from "./addresses.ts";
import type { TopicFacts } from "./facts.ts";
import type { Rule } from "./rule.ts";

const crossAccount =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html";

/** An address of another account, and the topic that its owner may subscribe it to. */
export type SubscriberFacts = { readonly topic: TopicFacts; readonly subscriber: Subscriber };

export const subscriberRules: readonly Rule<SubscriberFacts>[] = [
  {
    about: "subscribers[].account",
    rule: "12 digits",
    severity: "error",
    source: crossAccount,
    check: ({ subscriber }) => formProblem("account", accountId, subscriber.account),
  },
  {
    about: "subscribers[].endpoint",
    rule: "one address of the protocol",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
    check: ({ subscriber: { protocol, endpoint } }) =>
      formProblem("endpoint", addresses[protocol], endpoint),
  },
  {
    about: "subscribers[].protocol",
    rule: "a FIFO topic delivers only to SQS",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
    check: ({ topic, subscriber: { protocol } }) =>
      topic.fifo && protocol !== "sqs"
        ? `a FIFO topic delivers only to SQS (given protocol "${protocol}")`
        : undefined,
  },
];
