import type { Context, SNSEvent } from "aws-lambda";
import { openNotification } from "./envelope.ts";
import { logger } from "./logger.ts";
import { publishCounts } from "./metrics.ts";
import { type RecordHandler, run } from "./recordHandler.ts";

/**
 * Handles what SNS invokes a function with directly, one message an invocation. SNS does not wait: a
 * failure is tried twice more by Lambda, then goes to the function's failure destination.
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
