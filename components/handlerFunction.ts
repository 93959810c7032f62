import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts, formatArn } from "../aws/arn.ts";
import { functionNameProblem, logGroupNameProblem, roleNameProblem } from "../aws/resourceNames.ts";
import { bundleHandler } from "./functions/bundle.ts";
import type { Architecture } from "./functions/bundleArgs.ts";
import { bundlePythonHandler } from "./functions/python/pythonBundle.ts";
import {
  type AliasArgs,
  defaultPythonRuntime,
  defaultTimeoutSeconds,
  type HandlerFunctionArgs,
  isPython,
  sourceMapOption,
} from "./handlerArgs.ts";
import { sendTraces } from "./monitoring/tracing.ts";
import { plainEntry, plainInputs } from "./plainInputs.ts";
import { policyText, type Statement, trustLambda } from "./policyDocument.ts";
import { withCheckedName } from "./transformed.ts";
import { checkHandlerFunction } from "./validation/checkHandlerFunction.ts";

const defaultMemoryMb = 256;
const defaultLogRetentionDays = 30;

/**
 * A handler's function with its own role and log group, on Node 24 or Python. The consumers of a topic
 * create theirs; this is for a function that something else invokes.
 *
 * @example
 * new HandlerFunction("archiver", {
 *   handler: { entry: "handlers/archive.ts", timeoutSeconds: 60 },
 *   description: "archives the messages of a queue",
 * });
 *
 * @throws RunError if the arguments are invalid, before any resource is created; it lists every problem
 * @throws Error when deployed if the handler does not compile or exports no `handler`
 */
export class HandlerFunction extends pulumi.ComponentResource {
  readonly function: aws.lambda.Function;
  readonly role: aws.iam.Role;
  /** Has to exist before Lambda uses the role. */
  readonly rolePolicy: aws.iam.RolePolicy;
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Undefined without `handler.alias`. */
  readonly alias: aws.lambda.Alias | undefined;

  constructor(name: string, args: HandlerFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    checkHandlerFunction(name, args);
    const { entry, image, memoryMb, timeoutSeconds } = args.handler;
    const inputs = { entry: entry && plainEntry(entry), image, memoryMb, timeoutSeconds };
    super("fanout:index:HandlerFunction", name, plainInputs(inputs), opts);
    const child = { parent: this };
    this.logGroup = createLogGroup(name, args, child);
    this.role = createRole(name, args, this.logGroup, child);
    this.rolePolicy = createRolePolicy(name, args, this, child);
    this.function = createFunction(name, args, this, child);
    this.alias =
      args.handler.alias &&
      createAlias(name, args.handler.alias, this.function, args.region, child);
    this.registerOutputs({ functionName: this.function.name });
  }
}

/** Trusts Lambda in the account of the log group, which is created with the same provider. */
function createRole(
  name: string,
  args: HandlerFunctionArgs,
  logGroup: aws.cloudwatch.LogGroup,
  child: pulumi.ResourceOptions,
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
    withCheckedName(result, `HandlerFunction "${name}": transform.role`, roleNameProblem),
    child,
  );
}

/** Created before the function: logs in a group that Lambda creates itself never expire. */
function createLogGroup(name: string, args: HandlerFunctionArgs, child: pulumi.ResourceOptions) {
  const logGroup: aws.cloudwatch.LogGroupArgs = {
    retentionInDays: args.handler.logRetentionDays ?? defaultLogRetentionDays,
    region: args.region,
    tags: args.tags,
  };
  const result = args.transform?.logGroup?.(logGroup) ?? logGroup;
  return new aws.cloudwatch.LogGroup(
    name,
    withCheckedName(result, `HandlerFunction "${name}": transform.logGroup`, logGroupNameProblem),
    child,
  );
}

function createRolePolicy(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
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
  return new aws.iam.RolePolicy(name, { role: role.id, policy }, child);
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

function createFunction(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: HandlerFunction,
  child: pulumi.ResourceOptions,
) {
  const { handler } = args;
  const architecture = handler.architecture ?? "arm64";
  const settings: aws.lambda.FunctionArgs = {
    description: args.description,
    ...codeOf(handler, architecture),
    architectures: [architecture],
    role: role.arn,
    memorySize: handler.memoryMb ?? defaultMemoryMb,
    timeout: handler.timeoutSeconds ?? defaultTimeoutSeconds,
    reservedConcurrentExecutions: handler.reservedConcurrency,
    environment: variablesOf(handler),
    snapStart: handler.snapStart ? { applyOn: "PublishedVersions" } : undefined,
    tracingConfig: args.tracing ? { mode: "Active" } : undefined,
    layers: handler.layers,
    vpcConfig: handler.vpc,
    fileSystemConfig: handler.fileSystem && {
      arn: handler.fileSystem.accessPointArn,
      localMountPath: handler.fileSystem.mountPath,
    },
    ephemeralStorage:
      handler.ephemeralStorageMb === undefined ? undefined : { size: handler.ephemeralStorageMb },
    publish: handler.alias === undefined ? undefined : true,
    loggingConfig: { logFormat: "JSON", logGroup: logGroup.id },
    region: args.region,
    tags: args.tags,
  };
  const result = args.transform?.function?.(settings) ?? settings;
  return new aws.lambda.Function(
    name,
    withCheckedName(result, `HandlerFunction "${name}": transform.function`, functionNameProblem),
    child,
  );
}

/** The code of a function, and what runs it. */
function codeOf(
  { entry, image, bundle, runtime = defaultPythonRuntime }: HandlerFunctionArgs["handler"],
  architecture: Architecture,
): Partial<aws.lambda.FunctionArgs> {
  if (image !== undefined || entry === undefined) {
    return {
      packageType: "Image",
      imageUri: image?.uri,
      imageConfig: image?.command && { commands: image.command },
    };
  }
  if (!isPython(entry)) {
    return { runtime: "nodejs24.x", ...bundleHandler(entry, bundle, architecture) };
  }
  const files = bundle?.files ?? [];
  return { runtime, ...bundlePythonHandler({ entry, runtime, architecture, files }) };
}

/** Stack traces of handlers in TypeScript show positions in the sources. */
function variablesOf({
  entry,
  image,
  environment = {},
}: HandlerFunctionArgs["handler"]): aws.lambda.FunctionArgs["environment"] {
  if (image === undefined && !isPython(entry)) return { variables: withSourceMaps(environment) };
  return Object.keys(environment).length === 0 ? undefined : { variables: environment };
}

const aliasName = "live";

/** The alias of the newest version, of which an earlier one may have a share. */
function createAlias(
  name: string,
  { provisionedConcurrency, previous }: AliasArgs,
  { name: functionName, version }: aws.lambda.Function,
  region: pulumi.Input<string> | undefined,
  child: pulumi.ResourceOptions,
): aws.lambda.Alias {
  const weights =
    previous &&
    pulumi.output(previous.version).apply((number) => ({
      [number]: previous.percent / 100,
    }));
  const alias = new aws.lambda.Alias(
    name,
    {
      name: aliasName,
      functionName,
      functionVersion: version,
      routingConfig: weights && { additionalVersionWeights: weights },
      region,
    },
    child,
  );
  if (provisionedConcurrency !== undefined) {
    new aws.lambda.ProvisionedConcurrencyConfig(
      name,
      {
        functionName,
        qualifier: alias.name,
        provisionedConcurrentExecutions: provisionedConcurrency,
        region,
      },
      child,
    );
  }
  return alias;
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
