import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { logGroupNameProblem } from "../../aws/resourceNames.ts";
import type { HandlerFunctionArgs } from "../handlerArgs.ts";
import { withCheckedName } from "../transformed.ts";
import { createAlias } from "./functionAlias.ts";
import { createRole, createRolePolicy } from "./functionRole.ts";
import { createFunction } from "./lambdaFunction.ts";

const defaultLogRetentionDays = 30;

/** A function on AWS, with the resources that it has for itself. */
export type FunctionResources = {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  /** Has to exist before Lambda uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Undefined without `handler.alias`. */
  readonly alias: aws.lambda.Alias | undefined;
};

/**
 * Creates the function of a handler. The arguments have been checked.
 *
 * @param name logical name of every resource
 * @param opts with the component to which the resources belong
 */
export function createFunctionResources(
  name: string,
  args: HandlerFunctionArgs,
  opts: pulumi.CustomResourceOptions,
): FunctionResources {
  const logGroup = createLogGroup(name, args, opts);
  const role = createRole(name, args, logGroup, opts);
  const rolePolicy = createRolePolicy(name, args, { role, logGroup }, opts);
  const own = createFunction(name, args, { role, logGroup }, opts);
  const alias = args.handler.alias && createAlias(name, args.handler.alias, own, args.region, opts);
  return { function: own, role, rolePolicy, logGroup, alias };
}

/** Created before the function: logs in a group that Lambda creates itself never expire. */
function createLogGroup(
  name: string,
  args: HandlerFunctionArgs,
  opts: pulumi.CustomResourceOptions,
) {
  const logGroup: aws.cloudwatch.LogGroupArgs = {
    retentionInDays: args.handler.logRetentionDays ?? defaultLogRetentionDays,
    region: args.region,
    tags: args.tags,
  };
  const result = args.transform?.logGroup?.(logGroup) ?? logGroup;
  return new aws.cloudwatch.LogGroup(
    name,
    withCheckedName(result, `function "${name}": transform.logGroup`, logGroupNameProblem),
    opts,
  );
}
