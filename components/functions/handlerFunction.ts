import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Transforms } from "../fanoutTopicArgs.ts";
import type { HandlerArgs } from "../handlerSpec.ts";
import type { Statement } from "../policies/document.ts";
import { functionTrustPolicy, writeLogs } from "../policies/functionRolePolicy.ts";
import { bundleHandler } from "./bundle.ts";

export const defaultTimeoutSeconds = 30;
const defaultMemoryMb = 256;
const defaultLogRetentionDays = 30;

export interface HandlerFunctionArgs {
  /** The consumer it works for. */
  consumer: string;
  handler: HandlerArgs;
  /** What it may do besides writing its logs. */
  statements: pulumi.Input<Statement>[];
  description: string;
  region: pulumi.Input<string> | undefined;
  tags: Record<string, pulumi.Input<string>> | undefined;
  transform: Transforms;
}

/** A handler's function with the role and the log group that are its own. */
export class HandlerFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  /** What must be in place before Lambda may act for the function. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fanout:index:HandlerFunction", name, {}, opts);
    const child = { parent: this };
    this.role = createRole(name, args, child);
    this.logGroup = createLogGroup(name, args, child);
    this.rolePolicy = createRolePolicy(name, args, this, child);
    this.function = createFunction(name, args, this, child);
    this.registerOutputs({ functionName: this.function.name });
  }
}

function createRole(name: string, args: HandlerFunctionArgs, child: pulumi.ResourceOptions) {
  const role: aws.iam.RoleArgs = {
    assumeRolePolicy: pulumi.jsonStringify(functionTrustPolicy),
    description: args.description,
    tags: args.tags,
  };
  return new aws.iam.Role(name, args.transform.role?.(role, args.consumer) ?? role, child);
}

/** Made before the function: a group that Lambda makes by itself keeps its logs for ever. */
function createLogGroup(name: string, args: HandlerFunctionArgs, child: pulumi.ResourceOptions) {
  const logGroup: aws.cloudwatch.LogGroupArgs = {
    retentionInDays: args.handler.logRetentionDays ?? defaultLogRetentionDays,
    region: args.region,
    tags: args.tags,
  };
  return new aws.cloudwatch.LogGroup(
    name,
    args.transform.logGroup?.(logGroup, args.consumer) ?? logGroup,
    child,
  );
}

function createRolePolicy(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
) {
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      logGroup.arn.apply(writeLogs),
      ...args.statements,
      ...(args.handler.permissions ?? []),
    ],
  });
  return new aws.iam.RolePolicy(name, { role: role.id, policy }, child);
}

function createFunction(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
) {
  const { handler } = args;
  const bundle = bundleHandler(handler.entry);
  const settings: aws.lambda.FunctionArgs = {
    description: args.description,
    runtime: "nodejs24.x",
    architectures: ["arm64"],
    handler: bundle.handler,
    code: bundle.code,
    role: role.arn,
    memorySize: handler.memoryMb ?? defaultMemoryMb,
    timeout: handler.timeoutSeconds ?? defaultTimeoutSeconds,
    reservedConcurrentExecutions: handler.reservedConcurrency,
    environment: handler.environment && { variables: handler.environment },
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.id },
    region: args.region,
    tags: args.tags,
  };
  return new aws.lambda.Function(
    name,
    args.transform.function?.(settings, args.consumer) ?? settings,
    child,
  );
}
