import { parseArn } from "../../../../aws/arn.ts";
import { isObject } from "../../../../aws/isObject.ts";
import { invalidAttributeValue, invalidParameterValue, invalidValue } from "../errors.ts";

/** Where a queue's messages go when they have been received too often. */
export type RedrivePolicy = {
  readonly deadLetterTargetArn: string;
  /** 1 to 1,000. */
  readonly maxReceiveCount: number;
};

/** Which queues may name this one as their dead-letter queue. */
export type RedriveAllowPolicy =
  | { readonly redrivePermission: "allowAll" | "denyAll" }
  | { readonly redrivePermission: "byQueue"; readonly sourceQueueArns: readonly string[] };

/** Reads the attribute `RedrivePolicy`. What can be seen from its text alone is checked here. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string) => invalidValue(text, "RedrivePolicy", reason);
  const policy = parseObject(text);
  if (policy === undefined) {
    throw invalidAttributeValue("RedrivePolicy", "Redrive policy is not a valid JSON map.");
  }
  for (const name of ["maxReceiveCount", "deadLetterTargetArn"]) {
    if (!(name in policy)) {
      throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  if (Object.keys(policy).length > 2) {
    throw refuse(
      "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].",
    );
  }
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${policy.maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const target = policy.deadLetterTargetArn;
  const arn = typeof target === "string" ? parseArn(target) : undefined;
  if (typeof target !== "string" || arn === undefined) {
    throw refuse("Invalid value for deadLetterTargetArn.");
  }
  if (arn.service !== "sqs") {
    throw refuse("Only SQS queues are valid resources for deadLetterTargetArn.");
  }
  return { deadLetterTargetArn: target, maxReceiveCount };
}

/** Reads the attribute `RedriveAllowPolicy`. */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = parseObject(text);
  if (policy === undefined || !isWellFormed(policy)) {
    throw invalidAttributeValue(
      "RedriveAllowPolicy",
      "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.",
    );
  }
  const { redrivePermission, sourceQueueArns } = policy;
  if (redrivePermission !== "byQueue") {
    if (sourceQueueArns === undefined) return { redrivePermission };
    throw refuseAllow(
      text,
      "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.",
    );
  }
  if (sourceQueueArns === undefined || sourceQueueArns.length === 0) {
    throw refuseAllow(
      text,
      "When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.",
    );
  }
  if (sourceQueueArns.length > 10) {
    throw refuseAllow(text, "The maximum number of source queue ARNs you can specify is 10.");
  }
  return { redrivePermission, sourceQueueArns };
}

/** Whether a queue with this policy, or none, accepts dead letters from `sourceArn`. */
export function takesDeadLettersFrom(
  policy: RedriveAllowPolicy | undefined,
  sourceArn: string,
): boolean {
  if (policy === undefined) return true;
  if (policy.redrivePermission === "byQueue") return policy.sourceQueueArns.includes(sourceArn);
  return policy.redrivePermission === "allowAll";
}

type AllowPolicyInput = {
  readonly redrivePermission: "allowAll" | "denyAll" | "byQueue";
  readonly sourceQueueArns?: readonly string[];
};

function isWellFormed(policy: object): policy is AllowPolicyInput {
  const { redrivePermission, sourceQueueArns, ...unknown }: Record<string, unknown> = { ...policy };
  const arnsAreTexts =
    sourceQueueArns === undefined ||
    (Array.isArray(sourceQueueArns) && sourceQueueArns.every((arn) => typeof arn === "string"));
  return (
    ["allowAll", "denyAll", "byQueue"].includes(String(redrivePermission)) &&
    arnsAreTexts &&
    Object.keys(unknown).length === 0
  );
}

function refuseAllow(text: string, reason: string) {
  return invalidParameterValue(
    `Value ${text} for parameter RedriveAllowPolicy is invalid. Reason: Amazon SQS can't create the redrive allow policy. ${reason}`,
  );
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
