import type * as aws from "@pulumi/aws";
import { policyLimits } from "../policyDocument.ts";
import type { HandlerFacts } from "./handlerFacts.ts";
import { tooLarge } from "./policySize.ts";
import { show } from "./problem.ts";
import { grouped, type Rule } from "./rule.ts";

/** Sids of the statements that the component may add to a role's policy. */
const ownSids: readonly string[] = [
  "ConsumeQueue",
  "DecryptMessages",
  "DelayRetries",
  "EncryptDeadLetters",
  "EncryptMessages",
  "KeepFailures",
  "ManageInterfaces",
  "MountFileSystem",
  "Publish",
  "SendDeadLetters",
  "SendTraces",
  "WriteLogs",
];

/** Rules about the statements that a handler adds to its role's policy. */
export const permissionRules: readonly Rule<HandlerFacts>[] = [
  {
    about: "handler.permissions",
    rule: "statements of IAM: each with an Action and a Resource, a Sid of letters and digits only",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html",
    check: ({ handler }) => (handler?.permissions ?? []).flatMap(statementProblems),
  },
  {
    about: "handler.permissions",
    rule: `each Sid once, and not one of the component's own: ${ownSids.join(", ")}`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
    check: ({ handler }) => repeatedSids(handler?.permissions ?? []),
  },
  {
    about: "handler.permissions",
    rule: "named actions on named resources: no statement that allows `*` or `service:*` on resource `*`",
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    check: ({ handler }) =>
      (handler?.permissions ?? []).flatMap((statement, index) => {
        const actions = texts(statement.Action).filter((action) => /^(\*|[\w-]+:\*)$/.test(action));
        const open =
          statement.Effect !== "Deny" &&
          texts(statement.Resource).includes("*") &&
          statement.Condition === undefined;
        return actions.length > 0 && open
          ? [
              `handler.permissions.${index} allows ${actions.join(", ")} on every resource; name the actions and the resources`,
            ]
          : [];
      }),
  },
  {
    about: "handler.permissions",
    rule: `a role's policy of at most ${grouped(policyLimits.role)} bytes, with the statements that are always there`,
    severity: "error",
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
    check: ({ handler }) => tooLarge("role", handler?.permissions ?? []),
  },
];

function statementProblems(statement: aws.iam.PolicyStatement, index: number): string[] {
  const where = `handler.permissions.${index}`;
  const { Sid: sid } = statement;
  return [
    ...((statement.Action ?? statement.NotAction) === undefined ? [`${where} has no Action`] : []),
    ...((statement.Resource ?? statement.NotResource) === undefined
      ? [`${where} has no Resource`]
      : []),
    ...(typeof sid === "string" && !/^[A-Za-z0-9]*$/.test(sid)
      ? [`${where}.Sid may have only letters and digits (given ${show(sid)})`]
      : []),
  ];
}

function repeatedSids(permissions: readonly aws.iam.PolicyStatement[]): string[] {
  const sids = permissions.map(({ Sid: sid }) => (sid === "" ? undefined : sid));
  return sids.flatMap((sid, index) => {
    if (typeof sid !== "string") return [];
    const where = `handler.permissions.${index}.Sid`;
    if (ownSids.includes(sid)) return [`${where} ${show(sid)} is the component's own; rename it`];
    return sids.indexOf(sid) < index ? [`${where} ${show(sid)} is used twice; rename one`] : [];
  });
}

/** The strings among a value or a list of values, without Outputs. */
function texts(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((each) => typeof each === "string");
}
