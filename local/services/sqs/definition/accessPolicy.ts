import { accountRootArn } from "../../../../aws/arn.ts";
import { isObject } from "../../../../aws/isObject.ts";
import {
  invalidAttributeValue,
  invalidParameterValue,
  invalidValue,
  overLimit,
} from "../errors.ts";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const maximumStatements = 20;
const maximumBytes = 8192;

type Statement = { readonly Sid?: string } & Readonly<Record<string, unknown>>;
type Document = { readonly Statement: readonly Statement[] } & Readonly<Record<string, unknown>>;

/** What `AddPermission` grants. */
export type Permission = {
  /** The statement's Sid: 1 to 80 letters, digits, hyphens and underscores. */
  readonly label: string;
  /** Account ids of 12 digits. */
  readonly accounts: readonly string[];
  /** Names of SQS actions without a prefix (`SendMessage`), or `*`. At most 7. */
  readonly actions: readonly string[];
};

/** Refuses a text that cannot be a queue's policy. What its statements mean is the evaluator's business. */
export function checkAccessPolicy(text: string): void {
  const document = parse(text);
  if (document === undefined || Buffer.byteLength(text) > maximumBytes) {
    throw invalidAttributeValue("Policy");
  }
  const found = document.Statement.length;
  if (found > maximumStatements) {
    throw overLimit(
      `${found} statements were found in the submitted policy, max allowed is ${maximumStatements}`,
    );
  }
}

/** The policy with one statement more. */
export function withPermission(
  policy: string | undefined,
  queueArn: string,
  permission: Permission,
): string {
  checkPermission(permission);
  const document = (policy === undefined ? undefined : parse(policy)) ?? emptyPolicy(queueArn);
  if (document.Statement.some(({ Sid }) => Sid === permission.label)) {
    throw invalidValue(permission.label, "Label", "Already exists.");
  }
  const statement = {
    Sid: permission.label,
    Effect: "Allow",
    Principal: { AWS: oneOrMany(permission.accounts.map((id) => accountRootArn(id))) },
    Action: oneOrMany(permission.actions.map((action) => `SQS:${action}`)),
    Resource: queueArn,
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

/** The policy without the statement of that label; undefined when it was the last. */
export function withoutPermission(policy: string | undefined, label: string): string | undefined {
  const document = policy === undefined ? undefined : parse(policy);
  const rest = document?.Statement.filter(({ Sid }) => Sid !== label);
  if (rest === undefined || rest.length === document?.Statement.length) {
    throw invalidValue(label, "Label", "can't find label.");
  }
  return rest.length === 0 ? undefined : JSON.stringify({ ...document, Statement: rest });
}

function checkPermission({ label, accounts, actions }: Permission): void {
  if (!/^[\w-]{1,80}$/.test(label)) {
    throw invalidValue(
      label,
      "Label",
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.",
    );
  }
  for (const account of accounts) {
    if (/^\d{12}$/.test(account)) continue;
    throw invalidValue(`[${account}]`, "PrincipalId", "Unable to verify.");
  }
  if (actions.length > 7) {
    throw overLimit(
      `${actions.length} Actions were found, maximum allowed is 7. Put the rest in another permission.`,
    );
  }
  for (const action of actions) {
    if (action === "*" || grantable.has(action)) continue;
    throw invalidParameterValue(
      `Value SQS:${action} for parameter ActionName is invalid. Reason: Please refer to the appropriate WSDL for a list of valid actions.`,
    );
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html */
const grantable = new Set([
  "ChangeMessageVisibility",
  "DeleteMessage",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListDeadLetterSourceQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
]);

function emptyPolicy(queueArn: string): Document {
  return { Version: "2008-10-17", Id: `${queueArn}/SQSDefaultPolicy`, Statement: [] };
}

function parse(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const statements = [value.Statement].flat();
    const known = value.Version === "2012-10-17" || value.Version === "2008-10-17";
    const versionFits = known || value.Version === undefined;
    if (!versionFits || !statements.every(isObject) || statements.length === 0) return undefined;
    return { ...value, Statement: statements };
  } catch {
    return undefined;
  }
}

function oneOrMany(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? String(values[0]) : values;
}
