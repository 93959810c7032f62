import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { Context } from "aws-lambda";

/**
 * How long to remember what was done, in seconds: 30 days, because a message may wait 14 days in its
 * queue and 14 more in the dead-letter queue.
 */
export const rememberedSeconds = 30 * 24 * 60 * 60;

/**
 * `work`, done once for each key: a second call with the same key gets the first one's result, which
 * must be JSON. A call that throws is forgotten, so that it may be tried again; one whose function died
 * is tried again after the time that the function had left. Between the effect and its record there is
 * a gap that nobody can close: who dies in it does the work twice.
 *
 * Call it at module level. It keeps its records in a DynamoDB table with the partition key `id` and
 * `expiration` for its time to live.
 * https://docs.aws.amazon.com/powertools/typescript/latest/features/idempotency/
 */
export function once<Input, Result>(
  options: {
    readonly table: string;
    /** Names the work, so that one table can serve several. Not the function's name: that changes. */
    readonly operation: string;
    /** JMESPath of what makes two inputs the same: `[orderId, event]`. */
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
