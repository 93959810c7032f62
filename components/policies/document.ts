import * as pulumi from "@pulumi/pulumi";

/** A policy of IAM or of a resource, in the one form that all of ours have. */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
};

export type Statement = {
  /** What the statement is for. Letters and digits only: SNS takes nothing else. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Absent in a role's policy. */
  readonly Principal?: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Always with a version: without one AWS assumes 2008's, and the provider waits for what never comes. */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * Refuses every call that is not made over TLS.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export function denyInsecureTransport(
  action: string,
  resource: string | readonly string[],
): Statement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** A name as part of a Sid: its letters and digits, each word with a capital. */
export function sidPart(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** How large AWS lets a policy be, in bytes of JSON without spaces. */
export const policyLimits = { topic: 30_720, queue: 8192, key: 32_768, role: 10_240 } as const;

/**
 * A policy as AWS gets it.
 *
 * @param where the resource that it belongs to, for the error
 * @throws RunError when it is larger than AWS allows
 */
export function policyText(
  kind: keyof typeof policyLimits,
  where: string,
  document: object,
): string {
  const text = JSON.stringify(document);
  const size = Buffer.byteLength(text);
  if (size <= policyLimits[kind]) return text;
  throw new pulumi.RunError(
    `the policy of the ${kind} "${where}" has ${size} bytes; AWS allows ${policyLimits[kind]}: name fewer sources, publishers or permissions`,
  );
}
