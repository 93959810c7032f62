import * as v from "valibot";
import type { FunctionConfiguration } from "../definition.ts";

/** Has its effect on AWS only: see the resource type. */
const onAwsOnly = v.optional(v.unknown());

const configuration = {
  DeadLetterConfig: v.optional(v.strictObject({ TargetArn: v.optional(v.string()) })),
  Description: v.optional(v.string()),
  Environment: v.optional(
    v.strictObject({ Variables: v.optional(v.record(v.string(), v.string()), {}) }),
  ),
  EphemeralStorage: onAwsOnly,
  KMSKeyArn: onAwsOnly,
  LoggingConfig: onAwsOnly,
  MemorySize: v.optional(v.number()),
  SnapStart: onAwsOnly,
  Timeout: v.optional(v.number()),
  TracingConfig: onAwsOnly,
  VpcConfig: onAwsOnly,
};

const onlyLatest = v.optional(
  v.literal(false, "only the program publishes versions: leave it out"),
);

const code = {
  S3Bucket: v.optional(v.string()),
  S3Key: v.optional(v.string()),
  S3ObjectVersion: v.optional(v.string()),
  ZipFile: v.optional(v.string()),
};

/** Where a function's zip file is: in the request, or in a bucket. */
export type CodeInput = v.InferOutput<v.StrictObjectSchema<typeof code, undefined>>;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const createFunctionInput = v.strictObject({
  ...configuration,
  Architectures: onAwsOnly,
  Code: v.strictObject(code),
  FunctionName: v.string(),
  Handler: v.string(),
  PackageType: v.optional(v.literal("Zip", "the local cloud runs zip files only")),
  Publish: onlyLatest,
  Role: v.string(),
  Runtime: v.string(),
  Tags: onAwsOnly,
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateConfigurationInput = v.strictObject({
  ...configuration,
  Handler: v.optional(v.string()),
  Role: v.optional(v.string()),
  Runtime: v.optional(v.string()),
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateCodeInput = v.strictObject({
  ...code,
  Architectures: onAwsOnly,
  Publish: onlyLatest,
});

/** What of a configuration a request names. */
export function configurationOf(
  given: v.InferOutput<typeof updateConfigurationInput>,
): Partial<FunctionConfiguration> {
  return {
    ...(given.DeadLetterConfig && {
      deadLetterTargetArn: given.DeadLetterConfig.TargetArn || undefined,
    }),
    ...(given.Description !== undefined && { description: given.Description }),
    ...(given.Environment && { environment: given.Environment.Variables }),
    ...(given.Handler !== undefined && { handler: given.Handler }),
    ...(given.MemorySize !== undefined && { memoryMb: given.MemorySize }),
    ...(given.Role !== undefined && { roleArn: given.Role }),
    ...(given.Runtime !== undefined && { runtime: given.Runtime }),
    ...(given.Timeout !== undefined && { timeoutSeconds: given.Timeout }),
  };
}
