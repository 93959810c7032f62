import { parseArn } from "../../../../aws/arn.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { checkRange, violation } from "../../../protocol/constraint.ts";

/** What makes a function work on a stream, as it is created. */
export type StreamMappingDefinition = {
  readonly uuid: string;
  readonly functionArn: string;
  readonly streamArn: string;
  readonly start: StreamStart;
  /** 1 to 10,000. */
  readonly batchSize: number;
  /** How long records are gathered for a batch: 0 to 300. */
  readonly windowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Whether a batch that failed is retried in halves. */
  readonly bisectOnError: boolean;
  /** 0 to 10,000; -1 for as long as the records live. */
  readonly maximumRetryAttempts: number;
  /** 1 to 10; described, but without an effect: a shard is read by one invocation at a time. @default 1 */
  readonly parallelizationFactor?: number | undefined;
  /** 60 to 604,800; -1 for no limit but the stream's own. */
  readonly maximumRecordAgeSeconds: number;
  /** A queue, topic or bucket that is told of batches that were given up. */
  readonly onFailureArn?: string | undefined;
  /** Patterns, JSON text each, of which a record must match one: its `data`, or a change of a table. */
  readonly filters: readonly string[];
  readonly enabled: boolean;
};

/** Where a mapping begins to read: cloud time in milliseconds for `AT_TIMESTAMP`. */
export type StreamStart =
  | { readonly position: "LATEST" | "TRIM_HORIZON" }
  | { readonly position: "AT_TIMESTAMP"; readonly time: number };

/** @throws AwsError ValidationException, InvalidParameterValueException */
export function checkSettings(given: StreamMappingDefinition): void {
  checkRange("batchSize", given.batchSize, { min: 1, max: 10_000 });
  checkRange("maximumBatchingWindowInSeconds", given.windowSeconds, { min: 0, max: 300 });
  checkRange("maximumRetryAttempts", given.maximumRetryAttempts, { min: -1, max: 10_000 });
  checkRange("parallelizationFactor", given.parallelizationFactor, { min: 1, max: 10 });
  const { maximumRecordAgeSeconds: age } = given;
  if (age !== -1) checkRange("maximumRecordAgeInSeconds", age, { min: 60, max: 604_800 });
  checkDestination(given.onFailureArn);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_OnFailure.html */
function checkDestination(arn: string | undefined): void {
  if (arn === undefined) return;
  const service = parseArn(arn)?.service ?? "";
  if (["sqs", "sns", "s3"].includes(service) && !arn.endsWith(".fifo")) return;
  throw new AwsError(
    "InvalidParameterValueException",
    `The destination of failed batches must be a standard SQS queue, a standard SNS topic or an S3 bucket, given "${arn}".`,
  );
}

/** The refusal of a mapping that does not say where it begins. */
export function missingStart(): AwsError {
  return violation("startingPosition", null, "not be null.", "InvalidParameterValueException");
}

export type StreamMapping = StreamMappingDefinition & {
  readonly arn: string;
  /** Cloud time, in milliseconds since 1970. */
  readonly lastModified: number;
};

/** What a stream belongs to: it is a data stream, or that of a table. */
export type StreamSource = "dynamodb" | "kinesis";

/** @throws AwsError InvalidParameterValueException for the ARN of anything else */
export function sourceOf(streamArn: string): StreamSource {
  const service = parseArn(streamArn)?.service;
  if (service === "dynamodb" || service === "kinesis") return service;
  throw new AwsError(
    "InvalidParameterValueException",
    `Unrecognized event source, must be kinesis, dynamodb stream or sqs. Unsupported source: ${streamArn}`,
  );
}

/** What a function's role needs on the stream that it works on. */
export const neededActions: Readonly<Record<StreamSource, readonly string[]>> = {
  dynamodb: ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"],
  kinesis: ["DescribeStream", "GetRecords", "GetShardIterator", "ListShards"],
};
