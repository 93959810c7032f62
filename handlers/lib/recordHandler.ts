import type { Context } from "aws-lambda";
import { logger } from "./logger.ts";
import type { Message } from "./message.ts";
import { count } from "./metrics.ts";
import { isPermanent } from "./permanentError.ts";

/** What came of a message: `outcome` in a word or two, and whatever else the log should say of it. */
export type Outcome = { readonly outcome: string; readonly [field: string]: unknown };

/**
 * Handles one message, and may see it again: delivery is at least once. Throws when it could not:
 * the message then comes back, and ends in the dead-letter queue when it has come back too often.
 */
export type RecordHandler = (
  message: Message,
  context: Context,
) => Promise<Outcome | readonly Outcome[]>;

/** Outcomes of messages that were left alone on purpose. */
const leftAlone: ReadonlySet<string> = new Set(["ignored", "skipped", "unchanged"]);

/** Runs `recordHandler` on a message, logs a line for each outcome or for the failure, and counts the message. */
export async function run(
  recordHandler: RecordHandler,
  message: Message,
  context: Context,
): Promise<void> {
  const { messageId, eventId } = message;
  try {
    const outcomes = [await recordHandler(message, context)].flat();
    for (const outcome of outcomes) logger.info("handled", { messageId, eventId, ...outcome });
    count(outcomes.every(({ outcome }) => leftAlone.has(outcome)) ? "skipped" : "handled");
  } catch (error) {
    count("failed");
    logger.error("failed", { messageId, eventId, permanent: isPermanent(error), error });
    throw error;
  }
}
