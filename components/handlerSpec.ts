import type * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

/**
 * What runs for a consumer: the path of a TypeScript or JavaScript entry file that exports `handler`,
 * the same with settings, or a function that exists already.
 */
export type HandlerSpec = string | HandlerArgs | aws.lambda.Function;

/** A handler of ours: bundled by esbuild, with a role, a log group and a function made for it. */
export interface HandlerArgs {
  /** Path of the entry file, from the Pulumi project's folder, for example `handlers/uploads/thumbnail.ts`. */
  entry: string;
  /** Memory, and with it processor share: 128 to 10,240 MB. @default 256 */
  memoryMb?: Input<number>;
  /** How long one invocation may take: 1 to 900 seconds. @default 30 */
  timeoutSeconds?: Input<number>;
  /** Environment variables, 4 KB in all. NODE_OPTIONS gets `--enable-source-maps` added. */
  environment?: Record<string, Input<string>>;
  /** What the handler may do besides its logs and its queue. */
  permissions?: aws.iam.PolicyStatement[];
  /**
   * The handler publishes to the topic that it works for: it gets the right, and the ARN as TOPIC_ARN.
   * The consumer needs a filter, or it gets its own messages for ever. @default false
   */
  publishes?: boolean;
  /** Concurrency kept for this function, and its ceiling: 1 or more. @default none: the account's pool */
  reservedConcurrency?: Input<number>;
  /** How long logs are kept, one of CloudWatch's values (1, 3, 5, 7, 14, 30, ... days). @default 30 */
  logRetentionDays?: Input<number>;
}
