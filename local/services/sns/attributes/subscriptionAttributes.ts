import { compileFilterPolicy } from "../../../../aws/filterPolicy/compile.ts";
import type { FilterPolicyScope } from "../../../../aws/filterPolicy/filterPolicy.ts";
import {
  filterPolicyProblems,
  nestedInAttributes,
} from "../../../../aws/filterPolicy/validateFilterPolicy.ts";
import { account } from "../../../arn.ts";
import { invalidParameter } from "../errors.ts";
import type { StoredSubscription, Subscription, SubscriptionAttributes } from "../subscription.ts";
import type { Topic } from "../topic.ts";
import { describeSubscriptionDelivery, readSubscriptionDeliveryPolicy } from "./deliveryPolicy.ts";
import { deadLetterArn, redrivePolicyProblem } from "./redrivePolicy.ts";
import { replayPolicyProblem } from "./replayPolicy.ts";

/** Which call the attributes came with: SNS words its errors by it. */
export type AttributeCall = "Subscribe" | "SetSubscriptionAttributes";

type Target = Pick<StoredSubscription, "protocol" | "endpoint">;

/** The topic of a subscription, and when its archive begins, if it has an active one. */
export type AttributeTopic = {
  readonly topic: Topic;
  readonly archiveBeginning: number | undefined;
};

/**
 * Refuses attributes that SNS does not take for that protocol and endpoint.
 *
 * @param changes what the call sets; an empty value removes an attribute
 * @param present what is set already
 */
export function checkSubscriptionAttributes(
  changes: SubscriptionAttributes,
  present: SubscriptionAttributes,
  target: Target,
  topic: AttributeTopic,
  call: AttributeCall,
): void {
  for (const name of Object.keys(changes)) {
    const problem = attributeProblem(name, { ...present, ...changes }, target, topic);
    if (problem === undefined) continue;
    throw invalidParameter(call === "Subscribe" ? `Attributes Reason: ${problem}` : problem);
  }
}

function attributeProblem(
  name: string,
  attributes: SubscriptionAttributes,
  target: Target,
  { topic, archiveBeginning }: AttributeTopic,
): string | undefined {
  const value = attributes[name] ?? "";
  switch (name) {
    case "DeliveryPolicy":
      return value === "" ? undefined : deliveryPolicyProblem(value, target);
    case "FilterPolicy":
    case "FilterPolicyScope":
      return filterProblem(attributes);
    case "RawMessageDelivery":
      return rawDeliveryProblem(value, target);
    case "RedrivePolicy":
      return value === "" ? undefined : redrivePolicyProblem(value, target.endpoint, topic);
    case "ReplayPolicy":
      return value === "" ? undefined : replayPolicyProblem(value, topic, archiveBeginning);
    case "SubscriptionRoleArn":
      return undefined;
    default:
      return "AttributeName";
  }
}

function filterProblem({
  FilterPolicy = "",
  FilterPolicyScope = "MessageAttributes",
}: SubscriptionAttributes): string | undefined {
  if (!isScope(FilterPolicyScope)) {
    return `FilterPolicyScope: Invalid value [${FilterPolicyScope}]. Please use either MessageBody or MessageAttributes`;
  }
  if (FilterPolicy === "") return undefined;
  const policy = parseJson(FilterPolicy);
  if (policy instanceof SyntaxError) {
    return `FilterPolicy: failed to parse JSON. ${policy.message}`;
  }
  const [problem] = filterPolicyProblems(policy, FilterPolicyScope);
  if (problem === undefined) return undefined;
  return problem.text === nestedInAttributes ? problem.text : `FilterPolicy: ${problem.text}`;
}

const withRawDelivery = ["sqs", "http", "https", "firehose"];

function rawDeliveryProblem(value: string, { protocol }: Target): string | undefined {
  const lower = value.toLowerCase();
  if (lower !== "true" && lower !== "false") {
    return `RawMessageDelivery: Invalid value [${value}]. Must be true or false.`;
  }
  return lower === "true" && !withRawDelivery.includes(protocol)
    ? `RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`
    : undefined;
}

function deliveryPolicyProblem(text: string, { protocol }: Target): string | undefined {
  if (protocol !== "http" && protocol !== "https") {
    return `DeliveryPolicy: Delivery protocol [${protocol}] does not support a delivery policy.`;
  }
  try {
    readSubscriptionDeliveryPolicy(text);
    return undefined;
  } catch (error) {
    return `DeliveryPolicy: ${error instanceof Error ? error.message : error}`;
  }
}

/** The attributes to store: an empty value removes one. */
export function mergeSubscriptionAttributes(
  present: SubscriptionAttributes,
  changes: SubscriptionAttributes,
): SubscriptionAttributes {
  const { RawMessageDelivery: raw = "", ...others } = { ...present, ...changes };
  const merged = { ...others, RawMessageDelivery: raw.toLowerCase() };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ""));
}

/** A subscription with what its attributes mean, so that no delivery has to read them again. */
export function withMeaning(stored: StoredSubscription): Subscription {
  const { FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy } = stored.attributes;
  const scope = isScope(FilterPolicyScope) ? FilterPolicyScope : "MessageAttributes";
  return {
    ...stored,
    rawDelivery: RawMessageDelivery === "true",
    ...(RedrivePolicy !== undefined && { deadLetterArn: deadLetterArn(RedrivePolicy) }),
    ...(FilterPolicy !== undefined && {
      filter: compileFilterPolicy(JSON.parse(FilterPolicy), scope),
    }),
  };
}

/** All attributes, as `GetSubscriptionAttributes` returns them. */
export function describeSubscription(
  subscription: Subscription,
  topic: Topic,
): SubscriptionAttributes {
  const { protocol, attributes } = subscription;
  const { FilterPolicyScope, DeliveryPolicy, ...others } = attributes;
  const overHttp = protocol === "http" || protocol === "https";
  return {
    ConfirmationWasAuthenticated: String(subscription.confirmedBySignature),
    Endpoint: subscription.endpoint,
    Owner: account,
    PendingConfirmation: String(subscription.status === "pending"),
    Protocol: protocol,
    RawMessageDelivery: "false",
    SubscriptionArn: subscription.arn,
    SubscriptionPrincipal: subscription.subscribedBy,
    TopicArn: subscription.topicArn,
    ...others,
    ...(subscription.filter && { FilterPolicyScope: subscription.filter.scope }),
    ...(overHttp && describeSubscriptionDelivery(topic.attributes.DeliveryPolicy, DeliveryPolicy)),
  };
}

function isScope(text: string | undefined): text is FilterPolicyScope {
  return text === "MessageAttributes" || text === "MessageBody";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
