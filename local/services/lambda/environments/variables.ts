import { join } from "node:path";
import { qualifierOf } from "../functionArn.ts";
import type { Credentials, FunctionVersion } from "./version.ts";

export type VariableSources = {
  readonly version: FunctionVersion;
  readonly region: string;
  /** Where AWS SDKs send their calls: the local cloud. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly logStreamName: string;
  /** The local cloud's own environment, of which a function sees no more than how to find programs. */
  readonly parent: NodeJS.ProcessEnv;
};

/**
 * The environment variables of an execution environment.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
export function environmentVariables(sources: VariableSources): Record<string, string> {
  const { version, region, credentials } = sources;
  return {
    PATH: searchPath(version.layerDirectory, sources.parent),
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_ENDPOINT_URL: sources.endpoint,
    ...layerVariables(version),
    ...version.environment,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: qualifierOf(version.functionArn),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(version.functionName),
    AWS_LAMBDA_LOG_STREAM_NAME: sources.logStreamName,
    LAMBDA_TASK_ROOT: version.codeDirectory,
    _HANDLER: version.handler,
  };
}

function searchPath(layers: string | undefined, { PATH = "" }: NodeJS.ProcessEnv): string {
  return layers === undefined ? PATH : `${PATH}:${join(layers, "bin")}`;
}

/**
 * Where the runtimes look for the modules of layers.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html#packaging-layers-paths
 */
function layerVariables({ layerDirectory, runtime }: FunctionVersion): Record<string, string> {
  if (layerDirectory === undefined) return {};
  const below = (...folders: string[]) =>
    folders.map((folder) => join(layerDirectory, folder)).join(":");
  const [, node] = /^nodejs(\d+)/.exec(runtime) ?? [];
  return node === undefined
    ? { PYTHONPATH: below("python", `python/lib/${runtime}/site-packages`) }
    : { NODE_PATH: below(`nodejs/node${node}/node_modules`, "nodejs/node_modules") };
}

export function logGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
