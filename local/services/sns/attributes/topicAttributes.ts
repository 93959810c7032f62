import { topicLimits } from "../../../../aws/limits.ts";
import { account } from "../../../arn.ts";
import { invalidParameter } from "../errors.ts";
import type { Topic, TopicAttributes } from "../topic.ts";
import { accessPolicyProblem, defaultPolicy } from "./accessPolicy.ts";
import { archivePolicyProblem } from "./archivePolicy.ts";
import { describeTopicDelivery, readTopicDeliveryPolicy } from "./deliveryPolicy.ts";

/** The call that sets the attributes: SNS's errors depend on it, and only one accepts `FifoTopic`. */
export type AttributeCall = "CreateTopic" | "SetTopicAttributes";

/** What is wrong with a value; undefined for nothing. */
type Rule = (value: string) => string | undefined;

const isBoolean = oneOf("true", "false");
const isRate: Rule = (value) =>
  /^(100|\d{1,2})$/.test(value) ? undefined : `Invalid value [${value}]. Must be 0 to 100.`;
const anything: Rule = () => undefined;

const rules: Readonly<Record<string, Rule>> = {
  ArchivePolicy: archivePolicyProblem,
  ContentBasedDeduplication: isBoolean,
  DeliveryPolicy: deliveryPolicyProblem,
  DisplayName: (value) => (value.length <= 100 ? undefined : "Must be at most 100 characters."),
  FifoThroughputScope: oneOf("Topic", "MessageGroup"),
  FifoTopic: isBoolean,
  KmsMasterKeyId: anything,
  MaximumMessageSize: (value) =>
    /^\d+$/.test(value) &&
    Number(value) >= topicLimits.messageBytes.min &&
    Number(value) <= topicLimits.messageBytes.max
      ? undefined
      : `Invalid value [${value}]. Must be ${topicLimits.messageBytes.min} to ${topicLimits.messageBytes.max}.`,
  Policy: accessPolicyProblem,
  SignatureVersion: oneOf("1", "2"),
  TracingConfig: oneOf("PassThrough", "Active"),
  ...feedbackRules("Application", "Firehose", "HTTP", "Lambda", "SQS"),
};

/** How a call's complaint about a value reads, where SNS does not word it without the name. */
const unnamed = new Set(["Policy"]);

/**
 * Refuses attributes that SNS does not take for a topic of that kind.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export function checkTopicAttributes(
  attributes: TopicAttributes,
  fifo: boolean,
  call: AttributeCall,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const problem = attributeProblem(name, value, fifo, call);
    if (problem === undefined) continue;
    throw invalidParameter(call === "CreateTopic" ? `Attributes Reason: ${problem}` : problem);
  }
}

function attributeProblem(
  name: string,
  value: string,
  fifo: boolean,
  call: AttributeCall,
): string | undefined {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule === undefined || (name === "FifoTopic" && call !== "CreateTopic")) {
    return call === "CreateTopic" ? `Unknown attribute ${name}` : "AttributeName";
  }
  if (!fifo && fifoOnly.has(name)) return `${name}: Only FIFO topics have this attribute`;
  if (fifo && name === "TracingConfig" && value === "Active") {
    return `${name}: Active tracing is for standard topics`;
  }
  const problem = value === "" && !neverEmpty.has(name) ? undefined : rule(value);
  return problem === undefined || unnamed.has(name) ? problem : `${name}: ${problem}`;
}

const fifoOnly = new Set(["ArchivePolicy", "ContentBasedDeduplication", "FifoThroughputScope"]);

/** An archive is deactivated by `{}`; SNS rejects an empty text. */
const neverEmpty = new Set(["ArchivePolicy"]);

/** The attributes to store: an empty value removes one, and `FifoTopic=false` is omitted. */
export function mergeTopicAttributes(
  present: TopicAttributes,
  changes: TopicAttributes,
): TopicAttributes {
  const merged = Object.entries({ ...present, ...changes });
  return Object.fromEntries(
    merged.filter(([name, value]) => value !== "" && !(name === "FifoTopic" && value === "false")),
  );
}

export type SubscriptionCounts = {
  readonly confirmed: number;
  readonly pending: number;
  readonly deleted: number;
};

/** All attributes, as `GetTopicAttributes` returns them. */
export function describeTopic(topic: Topic, counts: SubscriptionCounts): TopicAttributes {
  const { DeliveryPolicy, ...others } = topic.attributes;
  return {
    ...(topic.fifo && { ContentBasedDeduplication: "false" }),
    DisplayName: "",
    Policy: policyOf(topic),
    ...others,
    ...describeTopicDelivery(DeliveryPolicy),
    Owner: account,
    SubscriptionsConfirmed: String(counts.confirmed),
    SubscriptionsDeleted: String(counts.deleted),
    SubscriptionsPending: String(counts.pending),
    TopicArn: topic.arn,
  };
}

/** The default policies of topics, because every publication needs its topic's. */
const defaultPolicies = new WeakMap<Topic, string>();

/** The topic's own policy, or SNS's default. */
export function policyOf(topic: Topic): string {
  const policy = topic.attributes.Policy ?? defaultPolicies.get(topic);
  if (policy !== undefined) return policy;
  const byDefault = defaultPolicy(topic.arn);
  defaultPolicies.set(topic, byDefault);
  return byDefault;
}

/** In bytes, of a message's body and attributes together. @default 262144 */
export function maximumMessageSize(topic: Topic): number {
  return Number(topic.attributes.MaximumMessageSize ?? topicLimits.defaultMessageBytes);
}

function oneOf(...allowed: string[]): Rule {
  return (value) =>
    allowed.includes(value)
      ? undefined
      : `Invalid value [${value}]. Must be ${allowed.join(" or ")}.`;
}

function deliveryPolicyProblem(text: string): string | undefined {
  try {
    readTopicDeliveryPolicy(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Delivery-status logging: kept and shown. Locally the trace has every delivery, there are no such logs. */
function feedbackRules(...endpoints: string[]): Record<string, Rule> {
  return Object.fromEntries(
    endpoints.flatMap((endpoint): [string, Rule][] => [
      [`${endpoint}SuccessFeedbackRoleArn`, anything],
      [`${endpoint}SuccessFeedbackSampleRate`, isRate],
      [`${endpoint}FailureFeedbackRoleArn`, anything],
    ]),
  );
}
