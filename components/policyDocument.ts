import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** A policy of IAM or of a resource. */
export type PolicyDocument = {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
};

export type Statement = {
  /** Unique in the policy. Letters and digits only: SNS accepts no other characters. */
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  /** Absent in a role's policy. */
  readonly Principal?:
    | "*"
    | { readonly AWS: string }
    | { readonly Service: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/**
 * A document with a version: AWS adds the version of 2008 to a policy without one, and the provider then
 * waits in vain for the policy that it sent.
 */
export function policyDocument(...statements: readonly Statement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

/**
 * Denies every call that does not use TLS.
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

/**
 * The trust policy of a role that SNS assumes. SNS documents no source in these requests, so that a condition
 * on it would cost messages; nobody else can pass the account's roles to SNS.
 * https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
 */
export const trustSns = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "SnsAssumes",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
} as const;

/**
 * The trust policy of a function's role: Lambda assumes it for functions of the account only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function trustLambda(account: string) {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LambdaAssumes",
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    ],
  } as const;
}

/**
 * Names as parts of Sids, which differ as the names do: their letters and digits, each word capitalized, with
 * a hash where that is not unique, as for `img-1` and `img1`.
 */
export function sidParts(names: readonly string[]): string[] {
  const parts = names.map(sidPart);
  return parts.map((part, index) =>
    parts.indexOf(part) === parts.lastIndexOf(part) ? part : part + hashOf(names[index] ?? ""),
  );
}

function hashOf(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}

function sidPart(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** The largest policies that AWS accepts, in bytes of JSON without white space. */
export const policyLimits = { topic: 30_720, queue: 8192, key: 32_768, role: 10_240 } as const;

/**
 * A policy as JSON.
 *
 * @param where name of the resource that the policy belongs to, for the error
 * @throws RunError if the policy is larger than AWS accepts
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
