import { queueLimits, type Range } from "../../../../aws/limits.ts";
import { invalidAttributeName, invalidAttributeValue, unknownAttribute } from "../errors.ts";
import { checkAccessPolicy } from "./accessPolicy.ts";
import type { QueueAttributes } from "./attributes.ts";
import { parseRedriveAllowPolicy, parseRedrivePolicy } from "./redrivePolicy.ts";

/** Gives the value as it is kept, or undefined where the text unsets the attribute; throws on a wrong one. */
type Rule = (value: string, name: string) => string | undefined;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const rules = new Map<string, Rule>([
  ["DelaySeconds", integer(queueLimits.delaySeconds)],
  ["KmsDataKeyReusePeriodSeconds", integer({ min: 60, max: 86_400 })],
  ["KmsMasterKeyId", optional((value) => value)],
  ["MaximumMessageSize", integer(queueLimits.messageBytes)],
  ["MessageRetentionPeriod", integer(queueLimits.retentionSeconds)],
  ["Policy", optional(checkedAccessPolicy)],
  ["ReceiveMessageWaitTimeSeconds", integer({ min: 0, max: 20 })],
  ["RedriveAllowPolicy", optional((value) => JSON.stringify(parseRedriveAllowPolicy(value)))],
  ["RedrivePolicy", optional((value) => JSON.stringify(parseRedrivePolicy(value)))],
  ["SqsManagedSseEnabled", boolean],
  ["VisibilityTimeout", integer(queueLimits.visibilityTimeoutSeconds)],
]);

const fifoRules = new Map<string, Rule>([
  ["ContentBasedDeduplication", boolean],
  ["DeduplicationScope", oneOf("queue", "messageGroup")],
  ["FifoQueue", staysFifo],
  ["FifoThroughputLimit", oneOf("perQueue", "perMessageGroupId")],
]);

/** The set attributes of a queue after `changes`. Throws AWS's error for the first that is wrong. */
export function changeAttributes(
  set: QueueAttributes,
  changes: QueueAttributes,
  fifo: boolean,
): QueueAttributes {
  const changed: Record<string, string> = { ...set };
  for (const [name, value] of Object.entries(changes)) {
    const kept = ruleOf(name, fifo)(value, name);
    if (kept === undefined) delete changed[name];
    else changed[name] = kept;
  }
  checkThroughputLimit(changed);
  return withOneEncryption(changed, changes);
}

function ruleOf(name: string, fifo: boolean): Rule {
  const rule = rules.get(name) ?? (fifo ? fifoRules.get(name) : undefined);
  if (rule !== undefined) return rule;
  if (name === "DeduplicationScope" || name === "FifoThroughputLimit") {
    throw invalidAttributeName(`You can specify the ${name} only when FifoQueue is set to true.`);
  }
  throw unknownAttribute(name);
}

function checkThroughputLimit(set: QueueAttributes): void {
  if (set.FifoThroughputLimit !== "perMessageGroupId") return;
  if (set.DeduplicationScope === "messageGroup") return;
  throw invalidAttributeValue(
    "FifoThroughputLimit",
    "To set FifoThroughputLimit to perMessageGroupId, the DeduplicationScope must be messageGroup.",
  );
}

/** A queue is encrypted by SQS or by KMS, never by both: setting one ends the other. */
function withOneEncryption(set: QueueAttributes, changes: QueueAttributes): QueueAttributes {
  const { KmsMasterKeyId: key, ...withoutKey } = set;
  if (key === undefined) return set;
  const asksForSqs = changes.SqsManagedSseEnabled?.toLowerCase() === "true";
  if (asksForSqs && changes.KmsMasterKeyId) {
    throw invalidAttributeName(
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  }
  return asksForSqs ? withoutKey : { ...set, SqsManagedSseEnabled: "false" };
}

function staysFifo(value: string, name: string): string {
  if (boolean(value, name) === "true") return "true";
  throw invalidAttributeValue(name, "Modifying queue type is not supported.");
}

function checkedAccessPolicy(value: string): string {
  checkAccessPolicy(value);
  return value;
}

function integer({ min: lowest, max: highest }: Range): Rule {
  return (value, name) => {
    const number = Number(value);
    if (!/^\d+$/.test(value) || number < lowest || number > highest) {
      throw invalidAttributeValue(name);
    }
    return String(number);
  };
}

function oneOf(...values: string[]): Rule {
  return (value, name) => {
    if (values.includes(value)) return value;
    throw invalidAttributeValue(name);
  };
}

/** AWS accepts `True`, as Python prints it, as well as `true`. */
function boolean(value: string, name: string): string {
  const text = value.toLowerCase();
  if (text === "true" || text === "false") return text;
  throw invalidAttributeValue(name);
}

/** An attribute that the empty text unsets. */
function optional(rule: Rule): Rule {
  return (value, name) => (value === "" ? undefined : rule(value, name));
}
