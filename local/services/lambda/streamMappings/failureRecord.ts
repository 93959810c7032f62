import { isoSeconds } from "../../../time/isoSeconds.ts";
import type { StreamRecord } from "../../kinesis/interface.ts";
import { type StreamMapping, type StreamSource, sourceOf } from "./streamMapping.ts";

/** A batch that is not tried again. */
export type GivenUp = {
  /** At least one. */
  readonly records: readonly [StreamRecord, ...StreamRecord[]];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  /** Of the last invocation; where the age of the records decides, of the one that they miss. */
  readonly requestId: string;
  readonly failure: string;
  /** @default "$LATEST" */
  readonly executedVersion?: string | undefined;
  /** Whether the function itself failed, and did not report the records. */
  readonly isFunctionError: boolean;
  /** From 1; with the invocation that records miss because of their age. */
  readonly attempts: number;
};

/**
 * What the mapping's destination gets of a batch that was given up.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 *
 * @param now cloud time in milliseconds
 */
export function failureRecord(
  { streamArn, functionArn }: StreamMapping,
  { records, condition, executedVersion = "$LATEST", ...batch }: GivenUp,
  now: number,
): object {
  const time = (milliseconds: number) => new Date(milliseconds).toISOString();
  const { requestId, isFunctionError, attempts } = batch;
  const source = sourceOf(streamArn);
  // Tables note the second only.
  const arrival = (milliseconds: number) =>
    source === "dynamodb" ? isoSeconds(milliseconds) : time(milliseconds);
  const [first] = records;
  const last = records.at(-1) ?? first;
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: attempts },
    // AWS leaves it out where the age of the records decides.
    ...(condition === "RetryAttemptsExhausted" && {
      responseContext: {
        statusCode: 200,
        executedVersion,
        functionError: isFunctionError ? "Unhandled" : null,
      },
    }),
    version: "1.0",
    timestamp: time(now),
    [batchInfo[source]]: {
      shardId: first.shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first.arrival),
      approximateArrivalOfLastRecord: arrival(last.arrival),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** What describes a batch in the record of its failure. */
const batchInfo: Readonly<Record<StreamSource, string>> = {
  dynamodb: "DDBStreamBatchInfo",
  kinesis: "KinesisBatchInfo",
};
