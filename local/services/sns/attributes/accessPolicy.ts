import { accountRootArn } from "../../../../aws/arn.ts";
import { isObject } from "../../../../aws/isObject.ts";
import { account } from "../../../arn.ts";
import { invalidParameter } from "../errors.ts";

type Statement = Readonly<Record<string, unknown>>;
type Document = { readonly Statement: readonly Statement[] } & Readonly<Record<string, unknown>>;

/** What `AddPermission` grants. */
export type Permission = {
  /** The statement's Sid. */
  readonly label: string;
  /** Account ids of 12 digits. */
  readonly accounts: readonly string[];
  /** Names of SNS actions without a prefix, for example `Publish`. */
  readonly actions: readonly string[];
};

/** The actions that a topic's policy may name; SNS rejects `sns:*` and actions that do not concern one topic. */
const topicActions = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
  "Receive",
  "GetDataProtectionPolicy",
  "PutDataProtectionPolicy",
  "TagResource",
  "UntagResource",
  "ListTagsForResource",
];

const maximumBytes = 30 * 1024;
const maximumStatements = 100;

/** The default policy of a topic: its account may do everything with it. */
export function defaultPolicy(topicArn: string): string {
  const statement = {
    Sid: "__default_statement_ID",
    Effect: "Allow",
    Principal: { AWS: "*" },
    Action: topicActions.slice(0, 8).map((action) => `SNS:${action}`),
    Resource: topicArn,
    Condition: { StringEquals: { "AWS:SourceOwner": account } },
  };
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [statement],
  });
}

/**
 * Why SNS rejects a topic's policy; undefined if it accepts it. What the statements mean is
 * the evaluator's business.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
 */
export function accessPolicyProblem(text: string): string | undefined {
  const document = parse(text);
  if (document === undefined) return "Policy Error: not a policy document with statements";
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumBytes) return `Policy Error: ${bytes} bytes, at most ${maximumBytes}`;
  const count = document.Statement.length;
  if (count > maximumStatements) {
    return `Policy Error: ${count} statements, at most ${maximumStatements}`;
  }
  return document.Statement.flatMap(actionsOf).every(isTopicAction)
    ? undefined
    : "Policy statement action out of service scope!";
}

/** The policy with one statement more. */
export function withPermission(policy: string, topicArn: string, permission: Permission): string {
  const document = parse(policy) ?? { Statement: [] };
  if (document.Statement.some(({ Sid }) => Sid === permission.label)) {
    throw invalidParameter("Statement already exists");
  }
  if (!permission.actions.every((action) => isTopicAction(`sns:${action}`))) {
    throw invalidParameter("Policy statement action out of service scope!");
  }
  const statement = {
    Sid: permission.label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(permission.accounts.map((id) => accountRootArn(id))) },
    Action: oneOrMany(permission.actions.map((action) => `SNS:${action}`)),
    Resource: topicArn,
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

/** The policy without the statement of that label; empty when it was the last. */
export function withoutPermission(policy: string, label: string): string {
  const document = parse(policy) ?? { Statement: [] };
  const rest = document.Statement.filter(({ Sid }) => Sid !== label);
  return rest.length === 0 ? "" : JSON.stringify({ ...document, Statement: rest });
}

function actionsOf({ Action, NotAction }: Statement): string[] {
  return [Action ?? NotAction ?? ""].flat().map(String);
}

function isTopicAction(action: string): boolean {
  const name = action.replace(/^sns:/i, "").toLowerCase();
  return (
    name !== action.toLowerCase() && topicActions.some((known) => known.toLowerCase() === name)
  );
}

function parse(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const statements = [value.Statement].flat();
    if (statements.length === 0 || !statements.every(isObject)) return undefined;
    return { ...value, Statement: statements };
  } catch {
    // The caller reports that the text is not a policy.
    return undefined;
  }
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? String(values[0]) : values;
}
