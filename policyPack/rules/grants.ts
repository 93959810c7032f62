import type { Properties, ResourceRule } from "../rule.ts";
import { type Statement, statementsOf } from "../statements.ts";
import {
  bucketPolicy,
  keyPolicy,
  managedPolicy,
  policyAttachment,
  queue,
  queuePolicy,
  role,
  rolePolicy,
  topicPolicy,
} from "../types.ts";
import { isEverybody } from "./transport.ts";

/** Policies that say what a role may do, and so have to say to what. */
const ofRoles = [rolePolicy, managedPolicy];

/**
 * Actions that AWS knows no resources for.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const withoutResources = [
  "cloudwatch:PutMetricData",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

export const grantsAreNarrow: ResourceRule = {
  name: "grants-are-narrow",
  description: "No policy allows everybody, every action of a service, or an action on everything.",
  scope: "resource",
  types: [topicPolicy, queue, queuePolicy, bucketPolicy, keyPolicy, role, ...ofRoles],
  problems: (props, type) =>
    grants(props, type).flatMap((statement) =>
      checks
        .filter(({ wrong }) => wrong(statement, type))
        .map(({ says }) => `statement ${statement.Sid} ${says}`),
    ),
};

function grants(props: Properties, type: string): Statement[] {
  const policy = type === role ? props.assumeRolePolicy : props.policy;
  return statementsOf(policy).filter(({ Effect }) => Effect === "Allow");
}

type Check = {
  readonly says: string;
  readonly wrong: (statement: Statement, type: string) => boolean;
};

const checks: readonly Check[] = [
  {
    says: "allows everybody: name who, or pin it by a condition",
    wrong: ({ Principal, Condition }) => isEverybody(Principal) && Condition === undefined,
  },
  {
    says: "allows all but what it names: name what it is for",
    wrong: ({ NotAction, NotResource, NotPrincipal }) =>
      [NotAction, NotResource, NotPrincipal].some((each) => each !== undefined),
  },
  {
    says: "allows every action of a service: name those that are needed",
    wrong: (statement, type) =>
      statement.Action.some((action) => action === "*" || action.endsWith(":*")) &&
      !ownerOfKey(statement, type),
  },
  {
    says: "allows it on every resource: name them, or pin it by a condition",
    wrong: ({ Resource, Action, Condition }, type) =>
      ofRoles.includes(type) &&
      Resource.includes("*") &&
      Condition === undefined &&
      !Action.every((action) => withoutResources.includes(action)),
  },
];

/** A key whose account cannot manage it is lost. */
function ownerOfKey({ Principal }: Statement, type: string): boolean {
  const accounts = Principal === "*" ? [] : (Principal?.AWS ?? []);
  return (
    type === keyPolicy && accounts.length > 0 && accounts.every((arn) => arn.endsWith(":root"))
  );
}

export const noFullAccess: ResourceRule = {
  name: "no-full-access",
  description: "No role has one of AWS's policies that allow everything of a service.",
  scope: "resource",
  types: [policyAttachment],
  problems: ({ policyArn }) =>
    /(FullAccess|AdministratorAccess|PowerUserAccess)$/.test(String(policyArn))
      ? [`${policyArn} allows more than any function needs; say what this one does`]
      : [],
};
