import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import type { HandlerArgs } from "../handlerSpec.ts";
import { policyText, type Statement } from "../policies/document.ts";
import { writeLogs } from "../policies/functionRolePolicy.ts";
import { trustPolicy } from "../policies/trustPolicy.ts";
import { sendTraces } from "../watching/tracing.ts";
import { bundleHandler } from "./bundle.ts";

export const defaultTimeoutSeconds = 30;
const defaultMemoryMb = 256;
const defaultLogRetentionDays = 30;
/** Set in NODE_OPTIONS of each function. */
export const sourceMapOption = "--enable-source-maps";

export interface HandlerFunctionArgs {
  handler: Omit<HandlerArgs, "publishes">;
  /** What it is for, for whoever meets the function or its role in the console. */
  description: string;
  /** What it may do besides writing its logs and what `handler.permissions` says. @default nothing */
  statements?: pulumi.Input<Statement>[] | undefined;
  /** @default the provider's */
  region?: pulumi.Input<string> | undefined;
  /** Send traces to X-Ray. @default false */
  tracing?: boolean;
  /** @default none */
  tags?: Record<string, pulumi.Input<string>> | undefined;
  /** The way out: changes the arguments of a resource just before it is made. */
  transform?: {
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    function?: (args: aws.lambda.FunctionArgs) => aws.lambda.FunctionArgs;
  };
}

/**
 * A handler's function with the role and the log group that are its own. Consumers of a topic get theirs
 * by themselves; this is for a function that something else invokes.
 *
 * @example
 * new HandlerFunction("archiver", {
 *   handler: { entry: "handlers/archive.ts", timeoutSeconds: 60 },
 *   description: "archives what is in the queue",
 * });
 */
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
    assumeRolePolicy: JSON.stringify(trustPolicy("lambda")),
    description: args.description,
    tags: args.tags,
  };
  return new aws.iam.Role(name, args.transform?.role?.(role) ?? role, child);
}

/** Made before the function: a group that Lambda makes by itself keeps its logs for ever. */
function createLogGroup(name: string, args: HandlerFunctionArgs, child: pulumi.ResourceOptions) {
  const logGroup: aws.cloudwatch.LogGroupArgs = {
    retentionInDays: args.handler.logRetentionDays ?? defaultLogRetentionDays,
    region: args.region,
    tags: args.tags,
  };
  return new aws.cloudwatch.LogGroup(name, args.transform?.logGroup?.(logGroup) ?? logGroup, child);
}

function createRolePolicy(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
) {
  const needs = [...(args.statements ?? []), ...(args.handler.permissions ?? [])];
  const policy = pulumi.output({ group: logGroup.arn, needs }).apply((known) => {
    // The log group is in the function's region.
    const traces = args.tracing ? [sendTraces(arnParts(known.group).region)] : [];
    const Statement = [writeLogs(known.group), ...traces, ...known.needs];
    return policyText("role", name, { Version: "2012-10-17", Statement });
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
    environment: { variables: withSourceMaps(handler.environment ?? {}) },
    tracingConfig: args.tracing ? { mode: "Active" } : undefined,
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.id },
    region: args.region,
    tags: args.tags,
  };
  return new aws.lambda.Function(name, args.transform?.function?.(settings) ?? settings, child);
}

/** Errors of the function then name the source file and line, not a place in the bundle. */
function withSourceMaps(
  environment: Readonly<Record<string, pulumi.Input<string>>>,
): Record<string, pulumi.Input<string>> {
  const { NODE_OPTIONS: own } = environment;
  const options =
    own === undefined
      ? sourceMapOption
      : pulumi
          .output(own)
          .apply((text) =>
            /--(no-)?enable-source-maps/.test(text) ? text : `${text} ${sourceMapOption}`.trim(),
          );
  return { ...environment, NODE_OPTIONS: options };
}
