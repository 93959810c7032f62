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
    PATH: sources.parent.PATH ?? "",
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    AWS_ENDPOINT_URL: sources.endpoint,
    ...version.environment,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${version.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(version.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupName(version.functionName),
    AWS_LAMBDA_LOG_STREAM_NAME: sources.logStreamName,
    LAMBDA_TASK_ROOT: version.codeDirectory,
    _HANDLER: version.handler,
  };
}

export function logGroupName(functionName: string): string {
  return `/aws/lambda/${functionName}`;
}
