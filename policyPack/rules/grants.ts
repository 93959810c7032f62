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
import { isAnyPrincipal } from "./transport.ts";

/** Policies of roles, which have to name resources. */
const ofRoles = [rolePolicy, managedPolicy];

/**
 * Actions that do not support resource-level permissions.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const withoutResources = [
  "cloudwatch:PutMetricData",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
  // Network interfaces of functions in a VPC, which do not exist yet.
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

export const grantsAreNarrow: ResourceRule = {
  name: "grants-are-narrow",
  description:
    "No policy allows every principal, every action of a service, or an action on every resource.",
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
    says: "allows every principal; name principals, or add a condition",
    wrong: ({ Principal, Condition }) => isAnyPrincipal(Principal) && Condition === undefined,
  },
  {
    says: "allows everything except what it names; name what it allows",
    wrong: ({ NotAction, NotResource, NotPrincipal }) =>
      [NotAction, NotResource, NotPrincipal].some((each) => each !== undefined),
  },
  {
    says: "allows every action of a service; name the actions that are needed",
    wrong: (statement, type) =>
      statement.Action.some((action) => action === "*" || action.endsWith(":*")) &&
      !ownerOfKey(statement, type),
  },
  {
    says: "allows an action on every resource; name resources, or add a condition",
    wrong: ({ Resource, Action, Condition }, type) =>
      ofRoles.includes(type) &&
      Resource.includes("*") &&
      Condition === undefined &&
      !Action.every((action) => withoutResources.includes(action)),
  },
];

/** A key that its account cannot manage is lost, so its policy allows the account everything. */
function ownerOfKey({ Principal }: Statement, type: string): boolean {
  const accounts = Principal === "*" ? [] : (Principal?.AWS ?? []);
  return (
    type === keyPolicy && accounts.length > 0 && accounts.every((arn) => arn.endsWith(":root"))
  );
}

export const noFullAccess: ResourceRule = {
  name: "no-full-access",
  description: "No role has an AWS managed policy for full access to a service.",
  scope: "resource",
  types: [policyAttachment],
  problems: ({ policyArn }) =>
    /(FullAccess|AdministratorAccess|PowerUserAccess)$/.test(String(policyArn))
      ? [`${policyArn} allows more than a function needs; write a policy with the needed actions`]
      : [],
};
