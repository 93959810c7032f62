import { parseArn } from "../../../aws/arn.ts";
import { reservedLambdaVariables } from "../../../aws/lambdaVariables.ts";
import { asynchronousLimits, functionLimits } from "../../../aws/limits.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { checkRange, violation } from "../../protocol/constraint.ts";
import type { CodeFiles } from "./code.ts";
import { isSupportedRuntime, supportedRuntimes } from "./environments/runtimes.ts";
import type { PolicyStatement } from "./permission.ts";

/** What a function is created from. */
export type FunctionDefinition = {
  /** 1 to 64 letters, digits, hyphens and underscores. */
  readonly name: string;
  /** The container image that it runs on AWS, and not here; there are no files then. */
  readonly imageUri?: string | undefined;
  /** `path/to/file.export`, without the file's extension. */
  readonly handler: string;
  readonly files: CodeFiles;
  /** At most five; what a later one has takes the place of what an earlier one has. @default none */
  readonly layers?: readonly LayerContents[];
  /** Of the program that makes it: the AWS SDK of the runtime is looked up there. @default the local cloud's own SDK only */
  readonly programDirectory?: string;
  /** `nodejs24.x`, `python3.13`: every version runs on the Node.js or Python at hand. */
  readonly runtime: string;
  /** @default none */
  readonly description?: string;
  readonly roleArn: string;
  /** 128 to 10,240. @default 128 */
  readonly memoryMb?: number;
  /** 1 to 900. @default 3 */
  readonly timeoutSeconds?: number;
  /** At most 4 KB, names and values together. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** How many invocations may run at once; 0 stops them all. @default as many as there are */
  readonly reservedConcurrency?: number;
  /** A standard queue or topic that gets events whose asynchronous invocation failed. */
  readonly deadLetterTargetArn?: string;
  /** @default two retries, within six hours, and no destinations */
  readonly asynchronous?: AsynchronousSettings;
  /** The statements of its policy. @default none */
  readonly statements?: readonly PolicyStatement[];
};

/** What of a function can change while its code stays. */
export type FunctionConfiguration = Omit<
  FunctionDefinition,
  "files" | "layers" | "name" | "statements"
>;

/** A layer as a function has it. */
export type LayerContents = {
  /** With the version at its end. */
  readonly arn: string;
  /** Absent for a layer of another account. */
  readonly files?: CodeFiles;
};

export function layerFiles({ layers = [] }: FunctionDefinition): CodeFiles[] {
  return layers.flatMap(({ files }) => (files === undefined ? [] : [files]));
}

/** How asynchronous invocations are retried, and where their records go. */
export type AsynchronousSettings = {
  /** 0 to 2. @default 2 */
  readonly maximumRetryAttempts?: number;
  /** 60 to 21,600. @default 21600 */
  readonly maximumEventAgeSeconds?: number;
  /** A standard queue, a standard topic, or a function. */
  readonly onSuccessArn?: string;
  /** A standard queue, a standard topic, or a function. */
  readonly onFailureArn?: string;
};

/**
 * Refuses what CreateFunction would refuse.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
 *
 * @throws AwsError `InvalidParameterValueException`, `ValidationException`
 */
export function validateDefinition(definition: Omit<FunctionDefinition, "files" | "layers">): void {
  const { name, runtime, handler } = definition;
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw violation(
      "functionName",
      name,
      "satisfy regular expression pattern: [a-zA-Z0-9-_]{1,64}",
    );
  }
  if (definition.imageUri === undefined) validateCode(runtime, handler);
  checkRange("memorySize", definition.memoryMb, functionLimits.memoryMb);
  checkRange("timeout", definition.timeoutSeconds, functionLimits.timeoutSeconds);
  checkRange("reservedConcurrentExecutions", definition.reservedConcurrency, { min: 0, max: 1000 });
  validateEnvironment(definition.environment ?? {});
  validateDeadLetterTarget(definition.deadLetterTargetArn);
  validateAsynchronousSettings(definition.asynchronous ?? {});
}

function validateCode(runtime: string, handler: string): void {
  if (!isSupportedRuntime(runtime)) {
    throw notSupported(`the runtime "${runtime}" (it runs ${supportedRuntimes})`);
  }
  if (!/^\S{1,128}$/.test(handler)) {
    throw violation("handler", handler, "satisfy regular expression pattern: [^\\s]+");
  }
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export function validateAsynchronousSettings(settings: AsynchronousSettings): void {
  checkRange(
    "maximumRetryAttempts",
    settings.maximumRetryAttempts,
    asynchronousLimits.retryAttempts,
  );
  const { eventAgeSeconds } = asynchronousLimits;
  checkRange("maximumEventAgeInSeconds", settings.maximumEventAgeSeconds, eventAgeSeconds);
  validateDestination(settings.onSuccessArn, []);
  validateDestination(settings.onFailureArn, ["s3"]);
}

function validateEnvironment(environment: Readonly<Record<string, string>>): void {
  const names = Object.keys(environment);
  const reserved = names.filter((name) => reservedLambdaVariables.has(name));
  if (reserved.length > 0) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(", ")}`,
    );
  }
  const wrong = names.find((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (wrong !== undefined) {
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '${wrong}' at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [a-zA-Z]([a-zA-Z0-9_])+`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(environment)) > functionLimits.environmentBytes) {
    throw invalid(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${JSON.stringify(environment)}`,
    );
  }
}

function validateDeadLetterTarget(arn: string | undefined): void {
  if (arn === undefined) return;
  const service = parseArn(arn)?.service;
  if ((service !== "sqs" && service !== "sns") || arn.endsWith(".fifo")) {
    throw invalid(
      `The dead-letter target must be a standard SQS queue or SNS topic, given "${arn}".`,
    );
  }
}

/** @param others services that take only some records */
function validateDestination(arn: string | undefined, others: readonly string[]): void {
  if (arn === undefined) return;
  const service = parseArn(arn)?.service;
  const taken = ["sqs", "sns", "lambda", "events", ...others];
  if (service === undefined || !taken.includes(service) || arn.endsWith(".fifo")) {
    throw invalid(
      `The destination must be a standard SQS queue, a standard SNS topic, a function or an event bus (for failures also an S3 bucket), given "${arn}".`,
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
