import { functionLimits, queueLimits, roleNameLength, topicLimits } from "../../../aws/limits.ts";
import { policyLimits } from "../../../components/policyDocument.ts";

/** Inclusive; without `max` where AWS documents none. */
export type Bounds = { readonly min?: number; readonly max?: number };

/** A rule's limit, and what AWS's API model and the provider's declarations have. */
export type Comparison = {
  readonly field: string;
  readonly ours: Bounds;
  /** Service and shape in awsModels.json; undefined if the model has no such constraint. */
  readonly model?: string;
  /** A file of @pulumi/aws, and the text in it that documents the provider's limit. */
  readonly provider?: { readonly file: string; readonly text: string };
  /** Why ours differs from the model or the provider. */
  readonly difference?: string;
};

const managedInstances =
  "larger only for functions on Lambda Managed Instances, which the component does not create";
const unmodelled =
  "an attribute of the API is a text; the limit is in its documentation and the provider's";
const withSuffix = "the model's includes what Pulumi adds: the rule subtracts 8 characters";

const sqs = (text: string) => ({ file: "sqs/queue.d.ts", text });
const types = (text: string) => ({ file: "types/input.d.ts", text });

/** Every numeric limit of the rules, in the unit of the API. */
export const comparisons: readonly Comparison[] = [
  {
    field: "name of a topic",
    ours: { min: 1, max: topicLimits.nameLength },
    difference: unmodelled,
  },
  {
    field: "name of a queue",
    ours: { min: 1, max: queueLimits.nameLength },
    difference: unmodelled,
  },
  {
    field: "name of a function",
    ours: { min: 1, max: functionLimits.nameLength },
    difference: "the model's 140 characters are those of an ARN; a name has 64",
  },
  { field: "name of a role", ours: { min: 1, max: roleNameLength }, model: "iam.roleNameType" },
  {
    field: "name of a grant",
    ours: { min: 1, max: 128 },
    model: "iam.policyNameType",
  },
  { field: "name of a log group", ours: { min: 1, max: 512 }, model: "logs.LogGroupName" },
  {
    field: "delaySeconds",
    ours: queueLimits.delaySeconds,
    provider: sqs("An integer from 0 to 900"),
    difference: unmodelled,
  },
  {
    field: "visibilityTimeoutSeconds",
    ours: queueLimits.visibilityTimeoutSeconds,
    provider: sqs("An integer from 0 to 43200"),
    difference: unmodelled,
  },
  {
    field: "retentionSeconds",
    ours: queueLimits.retentionSeconds,
    provider: sqs("from 60 (1 minute) to 1209600 (14 days)"),
    difference: unmodelled,
  },
  {
    field: "maxMessageSize",
    ours: queueLimits.messageBytes,
    provider: sqs("An integer from 1024 bytes (1 KiB) up to 1048576 bytes (1024 KiB)"),
    difference: unmodelled,
  },
  {
    field: "batchSize, standard queue",
    ours: { min: 1, max: 10_000 },
    model: "lambda.BatchSize",
  },
  {
    field: "batchSize, FIFO queue",
    ours: { min: 1, max: 10 },
    model: "lambda.BatchSize",
    difference: "the model does not distinguish event sources; Lambda's documentation has 10",
  },
  {
    field: "batchWindowSeconds",
    ours: { min: 0, max: 300 },
    model: "lambda.MaximumBatchingWindowInSeconds",
    provider: { file: "lambda/eventSourceMapping.d.ts", text: "in seconds (between 0 and 300)" },
  },
  {
    field: "maxConcurrency",
    ours: { min: 2, max: 1000 },
    model: "lambda.MaximumConcurrency",
    provider: types("Must be greater than or equal to 2"),
  },
  {
    field: "provisionedPollers.minimum",
    ours: { min: 2, max: 200 },
    model: "lambda.MinimumNumberOfPollers",
    provider: types("The range is between 1 and 200"),
    difference: "1 is for Kafka; a queue has at least 2",
  },
  {
    field: "provisionedPollers.maximum",
    ours: { min: 2, max: 10_000 },
    model: "lambda.MaximumNumberOfPollers",
    provider: types("The range is between 1 and 2000"),
    difference:
      "1 is for Kafka; a queue has at least 2. The provider documents 2,000: above, a warning says so",
  },
  {
    field: "maximumRetryAttempts",
    ours: { min: 0, max: 2 },
    model: "lambda.MaximumRetryAttempts",
    provider: {
      file: "lambda/functionEventInvokeConfig.d.ts",
      text: "Valid values between 0 and 2",
    },
  },
  {
    field: "maximumEventAgeSeconds",
    ours: { min: 60, max: 21_600 },
    model: "lambda.MaximumEventAgeInSeconds",
    provider: {
      file: "lambda/functionEventInvokeConfig.d.ts",
      text: "Valid values between 60 and 21600",
    },
  },
  {
    field: "handler.timeoutSeconds",
    ours: functionLimits.timeoutSeconds,
    model: "lambda.Timeout",
    provider: { file: "lambda/function.d.ts", text: "Valid between 1 and 900" },
    difference: managedInstances,
  },
  {
    field: "handler.memoryMb",
    ours: functionLimits.memoryMb,
    model: "lambda.MemorySize",
    provider: { file: "lambda/function.d.ts", text: "between 128 MB to 32,768 MB" },
    difference: managedInstances,
  },
  {
    field: "handler.reservedConcurrency",
    ours: { min: 1 },
    model: "lambda.ReservedConcurrentExecutions",
    difference: "0 stops the function",
  },
  { field: "Handler of a function", ours: { min: 0, max: 128 }, model: "lambda.Handler" },
  {
    field: "description of a HandlerFunction",
    ours: { min: 0, max: 256 },
    model: "lambda.Description",
  },
  {
    field: "description of a role",
    ours: { max: 256 },
    model: "iam.roleDescriptionType",
    difference: "it is also the function's, which Lambda limits to 256",
  },
  { field: "tags, key", ours: { min: 1, max: 128 }, model: "iam.tagKeyType" },
  { field: "tags, value", ours: { min: 0, max: 256 }, model: "iam.tagValueType" },
  { field: "tags of log groups, key", ours: { min: 1, max: 128 }, model: "logs.TagKey" },
  { field: "tags of topics, value", ours: { min: 0, max: 256 }, model: "sns.TagValue" },
  { field: "alarms.actions", ours: { max: 5 }, model: "cloudwatch.ResourceList" },
  {
    field: "name of an alarm",
    ours: { min: 1, max: 255 },
    model: "cloudwatch.AlarmName",
    difference: withSuffix,
  },
  {
    field: "policy of a key, bytes",
    ours: { min: 1, max: policyLimits.key },
    model: "kms.PolicyType",
    difference: "the model's is that of other calls; KMS documents 32 KB for a key's policy",
  },
  {
    field: "deletion window of a key, days",
    ours: { min: 30, max: 30 },
    model: "kms.PendingWindowInDaysType",
    provider: { file: "kms/key.d.ts", text: "it must be between `7` and `30`, inclusive" },
    difference: "the component uses 30; KMS accepts 7 to 30",
  },
  {
    field: "name of a tracing policy",
    ours: { min: 1, max: 128 },
    model: "xray.PolicyName",
  },
];
