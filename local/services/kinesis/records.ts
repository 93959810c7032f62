import { createHash } from "node:crypto";

/** A shard, and the hash keys whose records it takes: both bounds belong to it. */
export type Shard = {
  readonly id: string;
  readonly startingHashKey: bigint;
  readonly endingHashKey: bigint;
};

const hashKeys = 2n ** 128n;

export function shardsOf(count: number): Shard[] {
  return Array.from({ length: count }, (_each, index) => ({
    id: `shardId-${String(index).padStart(12, "0")}`,
    startingHashKey: (hashKeys * BigInt(index)) / BigInt(count),
    endingHashKey: (hashKeys * BigInt(index + 1)) / BigInt(count) - 1n,
  }));
}

/** The MD5 of the partition key, as a number, decides the shard. */
export function hashKeyOf(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey).digest("hex")}`);
}

/** 56 digits, as Kinesis has them. @param number from 1; 0 is where a shard begins */
export function sequenceNumberOf(number: number): string {
  return `49${String(number).padStart(54, "0")}`;
}
