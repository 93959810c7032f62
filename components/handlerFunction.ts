import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../aws/arn.ts";
import { bundleHandler } from "./functions/bundle.ts";
import type { Architecture, BundleArgs } from "./functions/bundleArgs.ts";
import { sendTraces } from "./monitoring/tracing.ts";
import { plainEntry, plainInputs } from "./plainInputs.ts";
import { policyText, type Statement, trustPolicy } from "./policyDocument.ts";

/** A handler, which is bundled by esbuild, and the settings of its function. */
export interface HandlerArgs {
  /**
   * The entry file, which exports `handler`: a path relative to the program's folder, such as
   * `handlers/uploads/thumbnail.ts`, an absolute path, or a file URL from `import.meta.resolve`.
   */
  entry: string;
  /** What the archive holds besides the code that esbuild finds. @default nothing */
  bundle?: BundleArgs;
  /** Processor of the function: "arm64" or "x86_64". @default "arm64" */
  architecture?: Architecture;
  /** ARNs of versions of layers, up to 5. The packages in them belong into `bundle.external`. @default none */
  layers?: pulumi.Input<string>[];
  /** Runs the function in a VPC, with the permissions for its network interfaces. @default none */
  vpc?: VpcArgs;
  /** Memory, which also determines the share of a processor: 128 to 10,240 MB. @default 256 */
  memoryMb?: pulumi.Input<number>;
  /** Timeout of an invocation: 1 to 900 seconds. @default 30 */
  timeoutSeconds?: pulumi.Input<number>;
  /** Environment variables, up to 4 KB in total. `--enable-source-maps` is added to NODE_OPTIONS. @default none */
  environment?: Record<string, pulumi.Input<string>>;
  /** Statements of the role, in addition to those for the function's logs and its queue. @default none */
  permissions?: aws.iam.PolicyStatement[];
  /**
   * Lets the handler publish to the topic that it consumes from, whose ARN is in TOPIC_ARN. The consumer
   * requires a filter, or it receives its own messages in an endless loop. @default false
   */
  publishes?: boolean;
  /** Reserved concurrency, which is also the maximum: 1 or more. @default none */
  reservedConcurrency?: pulumi.Input<number>;
  /** Retention of the logs, in days: 1, 3, 5, 7, 14, 30 or another value of CloudWatch's. @default 30 */
  logRetentionDays?: pulumi.Input<number>;
}

/** Where a function's network interfaces are. */
export interface VpcArgs {
  /** At least one. */
  subnetIds: pulumi.Input<string>[];
  /** At least one. */
  securityGroupIds: pulumi.Input<string>[];
}

export const defaultTimeoutSeconds = 30;
const defaultMemoryMb = 256;
const defaultLogRetentionDays = 30;
export const sourceMapOption = "--enable-source-maps";

export interface HandlerFunctionArgs {
  handler: Omit<HandlerArgs, "publishes">;
  /** Description of the function and its role in AWS. */
  description: string;
  /** Statements of the role, in addition to those for its logs and in `handler.permissions`. @default none */
  statements?: pulumi.Input<Statement>[] | undefined;
  /** @default the provider's */
  region?: pulumi.Input<string> | undefined;
  /** Sends traces to X-Ray. @default false */
  tracing?: boolean;
  /** @default none */
  tags?: Record<string, pulumi.Input<string>> | undefined;
  /** Changes the arguments of a resource before it is created. @default unchanged */
  transform?: {
    role?: (args: aws.iam.RoleArgs) => aws.iam.RoleArgs;
    logGroup?: (args: aws.cloudwatch.LogGroupArgs) => aws.cloudwatch.LogGroupArgs;
    function?: (args: aws.lambda.FunctionArgs) => aws.lambda.FunctionArgs;
  };
}

/**
 * A handler's function with its own role and log group, on Node 24. The consumers of a topic
 * create theirs; this is for a function that something else invokes.
 *
 * @example
 * new HandlerFunction("archiver", {
 *   handler: { entry: "handlers/archive.ts", timeoutSeconds: 60 },
 *   description: "archives the messages of a queue",
 * });
 *
 * @throws Error when deployed if the handler does not compile or exports no `handler`
 */
export class HandlerFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  /** Has to exist before Lambda uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    const { entry, memoryMb, timeoutSeconds } = args.handler;
    const inputs = { entry: plainEntry(entry), memoryMb, timeoutSeconds };
    super("fanout:index:HandlerFunction", name, plainInputs(inputs), opts);
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

/** Created before the function: logs in a group that Lambda creates itself never expire. */
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
    const interfaces = args.handler.vpc ? [manageInterfaces] : [];
    const Statement = [writeLogs(known.group), ...traces, ...interfaces, ...known.needs];
    return policyText("role", name, { Version: "2012-10-17", Statement });
  });
  return new aws.iam.RolePolicy(name, { role: role.id, policy }, child);
}

/**
 * Network interfaces in a VPC. Lambda calls these actions with the function's role; without a resource, because
 * the interfaces do not exist yet. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const manageInterfaces: Statement = {
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
};

/** The log group is created before the function, which needs no permission to create it. */
function writeLogs(logGroupArn: string): Statement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
}

function createFunction(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
) {
  const { handler } = args;
  const architecture = handler.architecture ?? "arm64";
  const bundle = bundleHandler(handler.entry, handler.bundle, architecture);
  const settings: aws.lambda.FunctionArgs = {
    description: args.description,
    runtime: "nodejs24.x",
    architectures: [architecture],
    handler: bundle.handler,
    code: bundle.code,
    role: role.arn,
    memorySize: handler.memoryMb ?? defaultMemoryMb,
    timeout: handler.timeoutSeconds ?? defaultTimeoutSeconds,
    reservedConcurrentExecutions: handler.reservedConcurrency,
    environment: { variables: withSourceMaps(handler.environment ?? {}) },
    tracingConfig: args.tracing ? { mode: "Active" } : undefined,
    layers: handler.layers,
    vpcConfig: handler.vpc,
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.id },
    region: args.region,
    tags: args.tags,
  };
  return new aws.lambda.Function(name, args.transform?.function?.(settings) ?? settings, child);
}

/** Stack traces then show positions in the sources instead of the bundle. */
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
