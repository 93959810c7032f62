import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { Context } from "aws-lambda";

/**
 * How long results are kept, in seconds: 30 days, because a message may be in its queue for 14 days and in
 * the dead-letter queue for 14 more.
 */
export const rememberedSeconds = 30 * 24 * 60 * 60;

/**
 * Runs `work` once for each key. A second call with the same key returns the first one's result, which must
 * be JSON. A call that throws may be repeated at once; one whose function crashed, when the time that the
 * function had left is over. A crash after the effect and before its record repeats the work.
 *
 * Call it at module level. The records are in a DynamoDB table with the partition key `id` and the
 * time-to-live attribute `expiration`.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export function once<Input, Result>(
  options: {
    readonly table: string;
    /** Prefix of the keys, so that one table can serve several operations. */
    readonly operation: string;
    /** JMESPath of the key in the input: `[orderId, event]`. */
    readonly key: string;
  },
  work: (input: Input) => Promise<Result>,
): (input: Input, context: Context) => Promise<Result> {
  return makeIdempotent((input: Input, _context: Context) => work(input), {
    persistenceStore: new DynamoDBPersistenceLayer({ tableName: options.table }),
    keyPrefix: options.operation,
    config: new IdempotencyConfig({
      eventKeyJmesPath: options.key,
      throwOnNoIdempotencyKey: true,
      expiresAfterSeconds: rememberedSeconds,
    }),
  });
}
