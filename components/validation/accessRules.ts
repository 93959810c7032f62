import type { Publisher, Subscriber } from "../topic/topicPolicy.ts";
import { accountId, addresses, formProblem } from "./addresses.ts";
import type { TopicFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const useCases = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html";

const crossAccount =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html";

const kinds = ["service", "account", "principalArn"] as const;

/** Rules about publishers. */
export const publisherRules: readonly Rule<Publisher>[] = [
  {
    about: "publishers[]",
    rule: "exactly one of service, account and principalArn",
    severity: "error",
    source: useCases,
    check: (publisher) => {
      const given = kinds.filter((kind) => publisher[kind] !== undefined);
      return given.length === 1
        ? undefined
        : `requires exactly one of service, account and principalArn (given ${given.join(" and ") || "none"})`;
    },
  },
  {
    about: "publishers[].service",
    rule: "a service's principal, for example events.amazonaws.com",
    severity: "error",
    source: useCases,
    check: ({ service }) =>
      service === undefined || /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service)
        ? undefined
        : `service must be a service's principal such as "events.amazonaws.com" (given ${show(service)})`,
  },
  {
    about: "publishers[].account",
    rule: "12 digits",
    severity: "error",
    source: useCases,
    check: ({ account }) => formProblem("account", accountId, account),
  },
  {
    about: "publishers[].principalArn",
    rule: "the ARN of a role or user, without *",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    check: ({ principalArn }) => {
      const given = known(principalArn);
      return given === undefined || /^arn:[\w-]+:(iam|sts)::\d{12}:[^*]+$/.test(given)
        ? undefined
        : `principalArn must be the ARN of a role or user, without * (given ${show(given)})`;
    },
  },
  {
    about: "publishers[].sourceArn",
    rule: "an ARN",
    severity: "error",
    source: useCases,
    check: ({ sourceArn }) => {
      const given = known(sourceArn);
      return given === undefined || /^arn:[\w-]+:[\w-]+:/.test(given)
        ? undefined
        : `sourceArn must be an ARN (given ${show(given)})`;
    },
  },
  {
    about: "publishers[].sourceArn",
    rule: "not with principalArn: a role publishes on its own behalf",
    severity: "error",
    source: useCases,
    check: ({ principalArn, sourceArn }) =>
      principalArn !== undefined && sourceArn !== undefined
        ? "sourceArn has no effect with principalArn; remove it"
        : undefined,
  },
];

/** The subject of rules about a subscriber. */
export type SubscriberFacts = { readonly topic: TopicFacts; readonly subscriber: Subscriber };

/** Rules about subscribers in other accounts. */
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
