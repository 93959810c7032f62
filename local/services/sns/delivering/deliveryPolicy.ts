import { notSupported } from "../../../protocol/awsError.ts";
import type { Confirmation, Delivery, Notification } from "../delivery.ts";
import {
  type BackoffFunction,
  defaultHttpRetries,
  managedEndpointRetries,
  type RetryPolicy,
} from "./retryPolicy.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How SNS posts to HTTP endpoints, as configured on a topic or a subscription. */
export type DeliveryPolicy = {
  /** As configured: missing members have their default. */
  readonly retries?: Partial<RetryPolicy>;
  readonly contentType?: string;
  /** Topics only: the policies of its subscriptions do not count. */
  readonly disableSubscriptionOverrides: boolean;
};

/** What the members of a policy are called: a topic's stand below `http` and carry `default` in front. */
type Names = { readonly retries: string; readonly request: string; readonly throttle: string };

const topicNames: Names = {
  retries: "defaultHealthyRetryPolicy",
  request: "defaultRequestPolicy",
  throttle: "defaultThrottlePolicy",
};
const subscriptionNames: Names = {
  retries: "healthyRetryPolicy",
  request: "requestPolicy",
  throttle: "throttlePolicy",
};

const noPolicy: DeliveryPolicy = { disableSubscriptionOverrides: false };
const defaultContentType = "text/plain; charset=UTF-8";

/**
 * Reads a topic's `DeliveryPolicy`.
 *
 * @throws AwsError that names the problem; `NotImplemented` for what only AWS supports
 */
export function readTopicDeliveryPolicy(text: string | undefined): DeliveryPolicy {
  if (text === undefined) return noPolicy;
  const { http } = parseObject(text);
  return readMembers(asObject("http", http), topicNames);
}

/** Reads a subscription's `DeliveryPolicy`; throws like the topic's. */
export function readSubscriptionDeliveryPolicy(text: string | undefined): DeliveryPolicy {
  return text === undefined ? noPolicy : readMembers(parseObject(text), subscriptionNames);
}

/** What holds for a subscription: its own members, where the topic lets it, then the topic's. */
export function effectiveDelivery(topic: DeliveryPolicy, subscription: DeliveryPolicy) {
  const own = topic.disableSubscriptionOverrides ? noPolicy : subscription;
  return {
    retries: { ...defaultHttpRetries, ...(own.retries ?? topic.retries) },
    contentType: own.contentType ?? topic.contentType ?? defaultContentType,
  };
}

/** The attributes `DeliveryPolicy` (as configured) and `EffectiveDeliveryPolicy` of a topic. */
export function describeTopicDelivery(text: string | undefined): Record<string, string> {
  const policy = readTopicDeliveryPolicy(text);
  const given = {
    ...(policy.retries && { defaultHealthyRetryPolicy: policy.retries }),
    disableSubscriptionOverrides: policy.disableSubscriptionOverrides,
    ...(policy.contentType && { defaultRequestPolicy: { headerContentType: policy.contentType } }),
  };
  const { retries, contentType } = effectiveDelivery(policy, noPolicy);
  const effective = {
    defaultHealthyRetryPolicy: retries,
    disableSubscriptionOverrides: policy.disableSubscriptionOverrides,
    defaultRequestPolicy: { headerContentType: contentType },
  };
  return {
    ...(text !== undefined && { DeliveryPolicy: JSON.stringify({ http: given }) }),
    EffectiveDeliveryPolicy: JSON.stringify({ http: effective }),
  };
}

/** The same two attributes of an HTTP subscription. */
export function describeSubscriptionDelivery(
  topicText: string | undefined,
  text: string | undefined,
): Record<string, string> {
  const policy = readSubscriptionDeliveryPolicy(text);
  const effective = effectiveDelivery(readTopicDeliveryPolicy(topicText), policy);
  return {
    ...(text !== undefined && {
      DeliveryPolicy: describe(
        policy.retries && { ...defaultHttpRetries, ...policy.retries },
        policy.contentType,
      ),
    }),
    EffectiveDeliveryPolicy: describe(effective.retries, effective.contentType),
  };
}

function describe(retries: RetryPolicy | undefined, contentType: string | undefined): string {
  return JSON.stringify({
    healthyRetryPolicy: retries ?? null,
    sicklyRetryPolicy: null,
    throttlePolicy: null,
    requestPolicy: contentType === undefined ? null : { headerContentType: contentType },
    guaranteed: false,
  });
}

function readMembers(members: Fields, names: Names): DeliveryPolicy {
  if (members[names.throttle]) throw notSupported(`${names.throttle} in a delivery policy`);
  const retries = members[names.retries];
  const request = members[names.request];
  const contentType = request && asObject(names.request, request).headerContentType;
  return {
    ...(retries ? { retries: readRetries(names.retries, asObject(names.retries, retries)) } : {}),
    ...(typeof contentType === "string" ? { contentType } : {}),
    disableSubscriptionOverrides: members.disableSubscriptionOverrides === true,
  };
}

const ranges: readonly [Exclude<keyof RetryPolicy, "backoffFunction">, number, number][] = [
  ["minDelayTarget", 1, 3600],
  ["maxDelayTarget", 1, 3600],
  ["numRetries", 0, 100],
  ["numNoDelayRetries", 0, 100],
  ["numMinDelayRetries", 0, 100],
  ["numMaxDelayRetries", 0, 100],
];

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy */
function readRetries(name: string, given: Fields): Partial<RetryPolicy> {
  const retries: { -readonly [member in keyof RetryPolicy]?: RetryPolicy[member] } = {};
  for (const [member, least, most] of ranges) {
    const value = given[member];
    if (value === undefined || value === null) continue;
    if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
      throw new Error(`${name}.${member} must be an integer from ${least} to ${most}`);
    }
    retries[member] = value;
  }
  const { backoffFunction } = given;
  if (backoffFunction !== undefined && backoffFunction !== null) {
    if (!isBackoffFunction(backoffFunction)) {
      throw new Error(
        `${name}.backoffFunction must be arithmetic, exponential, geometric or linear`,
      );
    }
    retries.backoffFunction = backoffFunction;
  }
  checkTogether(name, { ...defaultHttpRetries, ...retries });
  return retries;
}

function checkTogether(name: string, policy: RetryPolicy): void {
  if (policy.maxDelayTarget < policy.minDelayTarget) {
    throw new Error(`${name}.maxDelayTarget must not be less than minDelayTarget`);
  }
  const inPhases = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries;
  if (inPhases > policy.numRetries) {
    throw new Error(`${name}.numRetries must cover the retries of all phases (${inPhases})`);
  }
}

function isBackoffFunction(value: unknown): value is BackoffFunction {
  return ["linear", "arithmetic", "geometric", "exponential"].includes(String(value));
}

function parseObject(text: string): Fields {
  return asObject("the policy", JSON.parse(text));
}

function asObject(name: string, value: unknown): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new Error(`${name} must be an object`);
}

/** Retries of HTTP endpoints follow the delivery policies; those of AWS's own endpoints are fixed. */
export function retriesOf({
  topic,
  subscription,
}: Delivery<Notification | Confirmation>): RetryPolicy {
  const { protocol, attributes } = subscription;
  if (protocol !== "http" && protocol !== "https") return managedEndpointRetries;
  return effectiveDelivery(
    readTopicDeliveryPolicy(topic.attributes.DeliveryPolicy),
    readSubscriptionDeliveryPolicy(attributes.DeliveryPolicy),
  ).retries;
}
