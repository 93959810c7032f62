import { arnParts } from "../../aws/arn.ts";
import type { Publisher } from "../topic/publishers.ts";
import type { Subscriber } from "../topic/topicPolicy.ts";
import { accountId, addresses, formProblem, organizationId } from "./addresses.ts";
import type { TopicFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const useCases = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html";

const crossAccount =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html";

const principal =
  /^arn:[\w-]+:(iam|sts)::\d{12}:(root|(role|user|assumed-role|federated-user)\/[\w+=,.@/-]+)$/;

/** Rules about publishers. */
export const publisherRules: readonly Rule<Publisher>[] = [
  {
    about: "publishers[]",
    rule: "a service, for its resources in one account or organization; or exactly one of account, organization and principalArn",
    severity: "error",
    source: useCases,
    check: ({ service, account, organization, principalArn }) => {
      const named = Object.entries({ account, organization, principalArn })
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name);
      if (service !== undefined && principalArn !== undefined) {
        return "service and principalArn exclude each other; use a publisher for each";
      }
      if (named.length > 1)
        return `${named.join(" and ")} exclude each other; use a publisher for each`;
      return service === undefined && named.length === 0
        ? "requires service, account, organization or principalArn (given none)"
        : undefined;
    },
  },
  {
    about: "publishers[].service",
    rule: "a service's principal, for example events.amazonaws.com",
    severity: "error",
    source: useCases,
    check: ({ service }) =>
      service === undefined ||
      /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.(com(\.cn)?|eu)$/.test(service)
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
    about: "publishers[].organization",
    rule: organizationId.what,
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid",
    check: ({ organization }) => formProblem("organization", organizationId, organization),
  },
  {
    about: "publishers[].principalArn",
    rule: "the ARN of a role or user, without *",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    check: ({ principalArn }) => {
      const given = known(principalArn);
      return given === undefined || principal.test(given)
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
      return given === undefined || /^arn:[\w*-]+:[\w*-]+:\S+$/.test(given)
        ? undefined
        : `sourceArn must be an ARN (given ${show(given)})`;
    },
  },
  {
    about: "publishers[].sourceArn",
    rule: "only with service: a request of an account, a role or a user has no aws:SourceArn, and never matches",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn",
    check: ({ service, sourceArn }) =>
      service === undefined && sourceArn !== undefined
        ? "sourceArn requires service: only a service publishes on behalf of a resource; remove it, or name the service"
        : undefined,
  },
  {
    about: "publishers[].sourceArn, account",
    rule: "the account is the source's",
    severity: "error",
    source: useCases,
    check: ({ account, sourceArn }) => {
      const given = known(sourceArn);
      const owner = given === undefined ? "" : arnParts(given).account;
      return account !== undefined && /^\d{12}$/.test(owner) && owner !== account
        ? `account is ${account}, but sourceArn is in ${owner}; remove account, or name a source in it`
        : undefined;
    },
  },
  {
    about: "publishers[].sourceArn",
    rule: "not of services that send none: elasticache.amazonaws.com",
    severity: "error",
    source: useCases,
    check: ({ service, sourceArn }) =>
      service === "elasticache.amazonaws.com" && sourceArn !== undefined
        ? "sourceArn never matches: ElastiCache sends its account only; remove sourceArn"
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
    about: "subscribers[].account, endpoint",
    rule: "the account is the endpoint's: a subscription by anyone else stays pending",
    severity: "error",
    source: crossAccount,
    check: ({ subscriber: { account, protocol, endpoint } }) => {
      const arn = known(endpoint);
      const isArn = arn !== undefined && ["sqs", "lambda", "firehose"].includes(protocol);
      const owner = isArn ? arnParts(arn).account : "";
      return /^\d{12}$/.test(owner) && owner !== account
        ? `account is ${account}, but the endpoint is in ${owner}; only the endpoint's owner can subscribe it without confirmation`
        : undefined;
    },
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
