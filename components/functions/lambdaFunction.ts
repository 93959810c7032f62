import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { functionNameProblem } from "../../aws/resourceNames.ts";
import {
  defaultPythonRuntime,
  defaultTimeoutSeconds,
  type HandlerFunctionArgs,
  isPython,
  sourceMapOption,
} from "../handlerArgs.ts";
import { withCheckedName } from "../transformed.ts";
import { bundleHandler } from "./bundle.ts";
import type { Architecture } from "./bundleArgs.ts";
import { bundlePythonHandler } from "./python/pythonBundle.ts";

const defaultMemoryMb = 256;

/** The function itself, with the code of its handler. */
export function createFunction(
  name: string,
  args: HandlerFunctionArgs,
  { role, logGroup }: { readonly role: aws.iam.Role; readonly logGroup: aws.cloudwatch.LogGroup },
  opts: pulumi.CustomResourceOptions,
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
    withCheckedName(result, `function "${name}": transform.function`, functionNameProblem),
    opts,
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
