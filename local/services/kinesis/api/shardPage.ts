import { AwsError } from "../../../protocol/awsError.ts";

/** Where a list of a stream's shards goes on: after a shard. */
export type ShardPage = { readonly streamArn: string; readonly after: string };

/** The `NextToken` of `ListShards`, with which callers name no stream. */
export function shardToken({ streamArn, after }: ShardPage): string {
  return Buffer.from(`${streamArn} ${after}`).toString("base64");
}

/** @throws AwsError InvalidArgumentException */
export function readShardToken(token: string): ShardPage {
  const [streamArn = "", after, ...more] = Buffer.from(token, "base64").toString().split(" ");
  if (streamArn.startsWith("arn:") && after !== undefined && more.length === 0) {
    return { streamArn, after };
  }
  throw new AwsError("InvalidArgumentException", "NextToken is invalid.");
}
