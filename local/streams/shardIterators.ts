import { AwsError } from "../protocol/awsError.ts";

/** Where a reader of a shard stands: the next record is the first after a sequence number. */
export type ShardPosition = {
  readonly arn: string;
  readonly shardId: string;
  readonly after: string;
};

/** How a reader may say where it begins. Kinesis has `AT_TIMESTAMP` besides. */
export const startTypes = [
  "AT_SEQUENCE_NUMBER",
  "AFTER_SEQUENCE_NUMBER",
  "TRIM_HORIZON",
  "LATEST",
] as const;

/** The number of a record, as texts of a call name it. */
export const sequenceNumberPattern = /^\d{1,128}$/;

export type ShardStart = {
  readonly type: (typeof startTypes)[number] | "AT_TIMESTAMP";
  /** Digits. */
  readonly sequenceNumber?: string | undefined;
  /** In seconds since 1970. */
  readonly timestamp?: number | undefined;
};

type Log = {
  latest(): string;
  before(streamArn: string, shardId: string, time: number): string;
};

/** The position at which a reader begins. */
export function positionAt(
  log: Log,
  { arn, shardId }: Pick<ShardPosition, "arn" | "shardId">,
  { type, sequenceNumber = "", timestamp = 0 }: ShardStart,
): ShardPosition {
  switch (type) {
    case "LATEST":
      return { arn, shardId, after: log.latest() };
    case "AFTER_SEQUENCE_NUMBER":
      return { arn, shardId, after: sequenceNumber };
    case "AT_SEQUENCE_NUMBER":
      return { arn, shardId, after: predecessor(sequenceNumber) };
    case "AT_TIMESTAMP":
      return { arn, shardId, after: log.before(arn, shardId, timestamp * 1000) };
    case "TRIM_HORIZON":
      return { arn, shardId, after: "" };
  }
}

function predecessor(sequenceNumber: string): string {
  const before = BigInt(sequenceNumber === "" ? 1 : sequenceNumber) - 1n;
  return String(before).padStart(sequenceNumber.length, "0");
}

/** The `ShardIterator` that clients get of a position. */
export function iteratorOf(position: ShardPosition): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** @throws AwsError with the code that the service has for it */
export function positionIn(iterator: string, invalidCode: string): ShardPosition {
  try {
    const { arn, shardId, after } = JSON.parse(Buffer.from(iterator, "base64url").toString());
    return { arn: String(arn), shardId: String(shardId), after: String(after) };
  } catch {
    throw new AwsError(invalidCode, `Invalid ShardIterator: ${iterator}`);
  }
}
