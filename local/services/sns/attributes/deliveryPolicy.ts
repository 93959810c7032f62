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
  /** Deliveries to an endpoint, 1 or more. @default no limit */
  readonly maxReceivesPerSecond?: number;
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
 * @throws Error that names the problem
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
    maxReceivesPerSecond: own.maxReceivesPerSecond ?? topic.maxReceivesPerSecond,
  };
}

/** The attributes `DeliveryPolicy` (as configured) and `EffectiveDeliveryPolicy` of a topic. */
export function describeTopicDelivery(text: string | undefined): Record<string, string> {
  const policy = readTopicDeliveryPolicy(text);
  const given = {
    ...(policy.retries && { defaultHealthyRetryPolicy: policy.retries }),
    disableSubscriptionOverrides: policy.disableSubscriptionOverrides,
    ...(policy.maxReceivesPerSecond && {
      defaultThrottlePolicy: throttlePolicy(policy.maxReceivesPerSecond),
    }),
    ...(policy.contentType && { defaultRequestPolicy: { headerContentType: policy.contentType } }),
  };
  const { retries, contentType, maxReceivesPerSecond } = effectiveDelivery(policy, noPolicy);
  const effective = {
    defaultHealthyRetryPolicy: retries,
    disableSubscriptionOverrides: policy.disableSubscriptionOverrides,
    ...(maxReceivesPerSecond && { defaultThrottlePolicy: throttlePolicy(maxReceivesPerSecond) }),
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
      DeliveryPolicy: describe({
        ...policy,
        retries: policy.retries && { ...defaultHttpRetries, ...policy.retries },
      }),
    }),
    EffectiveDeliveryPolicy: describe(effective),
  };
}

type Described = {
  readonly retries: RetryPolicy | undefined;
  readonly contentType?: string | undefined;
  readonly maxReceivesPerSecond?: number | undefined;
};

function describe({ retries, contentType, maxReceivesPerSecond }: Described): string {
  return JSON.stringify({
    healthyRetryPolicy: retries ?? null,
    sicklyRetryPolicy: null,
    throttlePolicy:
      maxReceivesPerSecond === undefined ? null : throttlePolicy(maxReceivesPerSecond),
    requestPolicy: contentType === undefined ? null : { headerContentType: contentType },
    guaranteed: false,
  });
}

function throttlePolicy(maxReceivesPerSecond: number) {
  return { maxReceivesPerSecond };
}

function readMembers(members: Fields, names: Names): DeliveryPolicy {
  const throttle = members[names.throttle];
  const retries = members[names.retries];
  const request = members[names.request];
  const contentType = request && asObject(names.request, request).headerContentType;
  return {
    ...(retries ? { retries: readRetries(names.retries, asObject(names.retries, retries)) } : {}),
    ...(typeof contentType === "string" ? { contentType } : {}),
    ...(throttle ? readThrottle(names.throttle, asObject(names.throttle, throttle)) : {}),
    disableSubscriptionOverrides: members.disableSubscriptionOverrides === true,
  };
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy */
function readThrottle(name: string, { maxReceivesPerSecond: given }: Fields) {
  if (given === undefined || given === null) return {};
  if (typeof given !== "number" || !Number.isInteger(given) || given < 1) {
    throw new Error(`${name}.maxReceivesPerSecond must be an integer of 1 or more`);
  }
  return { maxReceivesPerSecond: given };
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
export function retriesOf(delivery: Delivery<Notification | Confirmation>): RetryPolicy {
  return isOverHttp(delivery) ? effectiveDeliveryOf(delivery).retries : managedEndpointRetries;
}

/** How many notifications an HTTP endpoint gets in a second at most; undefined for no limit. */
export function throttleOf(delivery: Delivery<Notification | Confirmation>): number | undefined {
  const isThrottled = isOverHttp(delivery) && delivery.message.type === "Notification";
  return isThrottled ? effectiveDeliveryOf(delivery).maxReceivesPerSecond : undefined;
}

function isOverHttp({ subscription: { protocol } }: Delivery<Notification | Confirmation>) {
  return protocol === "http" || protocol === "https";
}

/** What holds for a delivery to an HTTP endpoint. */
export function effectiveDeliveryOf({
  topic,
  subscription,
}: Pick<Delivery, "topic" | "subscription">) {
  return effectiveDelivery(
    readTopicDeliveryPolicy(topic.attributes.DeliveryPolicy),
    readSubscriptionDeliveryPolicy(subscription.attributes.DeliveryPolicy),
  );
}
