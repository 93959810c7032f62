import { asynchronousLimits, functionLimits } from "../../../aws/limits.ts";
import { type CodeSummary, summarize, type UnpackedCode } from "./code.ts";
import {
  type AsynchronousSettings,
  type FunctionConfiguration,
  type FunctionDefinition,
  validateDefinition,
} from "./definition.ts";
import type { FunctionVersion } from "./environments/version.ts";
import type { PolicyStatement } from "./permission.ts";

/** A function as it is at one moment. */
export type LambdaFunction = {
  readonly arn: string;
  readonly name: string;
  /** What its next invocation runs. */
  readonly version: FunctionVersion;
  /** Of a container image, which is not run here. */
  readonly imageUri?: string;
  readonly description: string;
  readonly code: CodeSummary;
  /** Cloud time, in milliseconds since 1970. */
  readonly lastModified: number;
  /** Absent when the function shares the account's concurrency. */
  readonly reservedConcurrency?: number;
  readonly deadLetterTargetArn?: string;
  /** ARNs of versions of layers. */
  readonly layers: readonly string[];
  readonly asynchronous: AsynchronousSettings;
  /** The statements of its policy. */
  readonly statements: readonly PolicyStatement[];
};

/** @param now cloud time in milliseconds */
export function lambdaFunction(
  arn: string,
  definition: FunctionDefinition,
  code: UnpackedCode,
  now: number,
): LambdaFunction {
  const { name, reservedConcurrency, deadLetterTargetArn, imageUri } = definition;
  return {
    arn,
    name,
    ...(imageUri === undefined ? {} : { imageUri }),
    version: versionOf(arn, definition, code),
    description: definition.description ?? "",
    code: summarize(definition.files),
    lastModified: now,
    ...(reservedConcurrency === undefined ? {} : { reservedConcurrency }),
    ...(deadLetterTargetArn === undefined ? {} : { deadLetterTargetArn }),
    layers: (definition.layers ?? []).map((layer) => layer.arn),
    asynchronous: definition.asynchronous ?? {},
    statements: definition.statements ?? [],
  };
}

/**
 * The function with another configuration, and the code that it has.
 *
 * @param now cloud time in milliseconds
 */
export function reconfigured(
  found: LambdaFunction,
  changes: Partial<FunctionConfiguration>,
  now: number,
): LambdaFunction {
  const { version, deadLetterTargetArn, description, reservedConcurrency, imageUri } = found;
  const before = {
    ...version,
    imageUri,
    name: found.name,
    deadLetterTargetArn,
    reservedConcurrency,
  };
  const definition = { ...before, description, ...changes };
  validateDefinition(definition);
  const { deadLetterTargetArn: _target, reservedConcurrency: _reserved, ...rest } = found;
  return {
    ...rest,
    version: versionOf(found.arn, definition, version),
    description: definition.description,
    lastModified: now,
    ...(definition.reservedConcurrency !== undefined && {
      reservedConcurrency: definition.reservedConcurrency,
    }),
    ...(definition.deadLetterTargetArn !== undefined && {
      deadLetterTargetArn: definition.deadLetterTargetArn,
    }),
  };
}

function versionOf(
  functionArn: string,
  definition: Omit<FunctionDefinition, "files" | "layers">,
  code: UnpackedCode,
): FunctionVersion {
  const {
    name,
    runtime,
    handler,
    roleArn,
    memoryMb = functionLimits.memoryMb.default,
  } = definition;
  const { timeoutSeconds = functionLimits.timeoutSeconds.default } = definition;
  const { environment = {}, programDirectory } = definition;
  return {
    functionArn,
    functionName: name,
    runtime,
    handler,
    ...code,
    programDirectory,
    memoryMb,
    timeoutSeconds,
    roleArn,
    environment,
  };
}

/** How asynchronous invocations of a function are retried, with the defaults of Lambda. */
export function asynchronousSettings(found: LambdaFunction | undefined) {
  if (found === undefined) return undefined;
  const { asynchronous, version, reservedConcurrency, deadLetterTargetArn } = found;
  const {
    maximumRetryAttempts = asynchronousLimits.retryAttempts.default,
    maximumEventAgeSeconds = asynchronousLimits.eventAgeSeconds.default,
  } = asynchronous;
  return {
    ...asynchronous,
    maximumRetryAttempts,
    maximumEventAgeSeconds,
    roleArn: version.roleArn,
    reservedConcurrency,
    deadLetterTargetArn,
  };
}
