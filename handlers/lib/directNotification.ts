import type { Context, SNSEvent } from "aws-lambda";
import { logger } from "./logger.ts";
import { openNotification } from "./message.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";

/**
 * Handles messages with which SNS invokes a function directly, one for each invocation. The invocation is
 * asynchronous: Lambda retries a failure twice, then sends it to the function's failure destination.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function handleNotification(
  recordHandler: RecordHandler,
): (event: SNSEvent, context: Context) => Promise<void> {
  return async (event, context) => {
    logger.addContext(context);
    try {
      for (const record of event.Records) {
        await run(recordHandler, openNotification(record), context);
      }
    } finally {
      publishCounts();
    }
  };
}
