import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts, formatArn } from "../../aws/arn.ts";
import { roleNameProblem } from "../../aws/resourceNames.ts";
import type { HandlerFunctionArgs } from "../handlerArgs.ts";
import { sendTraces } from "../monitoring/tracing.ts";
import { policyText, type Statement, trustLambda } from "../policyDocument.ts";
import { withCheckedName } from "../transformed.ts";

/** Trusts Lambda in the account of the log group, which is created with the same provider. */
export function createRole(
  name: string,
  args: HandlerFunctionArgs,
  logGroup: aws.cloudwatch.LogGroup,
  opts: pulumi.CustomResourceOptions,
) {
  const role: aws.iam.RoleArgs = {
    assumeRolePolicy: logGroup.arn.apply((arn) =>
      JSON.stringify(trustLambda(arnParts(arn).account)),
    ),
    description: args.description,
    tags: args.tags,
  };
  const result = args.transform?.role?.(role) ?? role;
  return new aws.iam.Role(
    name,
    withCheckedName(result, `function "${name}": transform.role`, roleNameProblem),
    opts,
  );
}

/** What the function may do: write its logs, and what its handler needs. */
export function createRolePolicy(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: { readonly role: aws.iam.Role; readonly logGroup: aws.cloudwatch.LogGroup },
  opts: pulumi.CustomResourceOptions,
) {
  const needs = [...(args.statements ?? []), ...(args.handler.permissions ?? [])];
  const accessPoint = args.handler.fileSystem?.accessPointArn;
  const policy = pulumi.output({ group: logGroup.arn, accessPoint, needs }).apply((known) => {
    // The log group is in the function's region.
    const traces = args.tracing ? [sendTraces(arnParts(known.group).region)] : [];
    const interfaces = args.handler.vpc ? [manageInterfaces(arnParts(known.group).region)] : [];
    const files = known.accessPoint === undefined ? [] : [mountFileSystem(known.accessPoint)];
    const Statement = [writeLogs(known.group), ...traces, ...interfaces, ...files, ...known.needs];
    return policyText("role", name, { Version: "2012-10-17", Statement });
  });
  return new aws.iam.RolePolicy(name, { role: role.id, policy }, opts);
}

/**
 * Network interfaces in a VPC, in the function's own region. Lambda calls these actions with the function's role,
 * and without a resource: the interfaces do not exist yet.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
function manageInterfaces(functionRegion: string): Statement {
  return {
    Sid: "ManageInterfaces",
    Effect: "Allow",
    Action: [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
    ],
    Resource: "*",
    Condition: { StringEquals: { "aws:RequestedRegion": functionRegion } },
  };
}

/**
 * The file system through one access point.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html
 */
function mountFileSystem(accessPointArn: string): Statement {
  const { partition, service, region, account } = arnParts(accessPointArn);
  return {
    Sid: "MountFileSystem",
    Effect: "Allow",
    Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
    Resource: formatArn({ partition, service, region, account, resource: "file-system/*" }),
    Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPointArn } },
  };
}

/** The log group is created before the function, which needs no permission to create it. */
function writeLogs(logGroupArn: string): Statement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
}
