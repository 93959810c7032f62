import type { Context } from "aws-lambda";
import { logger } from "./logger.ts";
import type { Message } from "./message.ts";
import { count } from "./metrics.ts";
import { isPermanent } from "./permanentError.ts";
import { inTrace } from "./tracing/currentTrace.ts";

/**
 * The result of a message: `outcome` in a word or two, and further fields for the log. A message that was
 * left alone on purpose is `skipped`, and counted as such.
 */
export type Outcome = Handled | Skipped;

type Fields = { readonly [field: string]: unknown };
type Handled = Fields & { readonly outcome: string; readonly skipped?: undefined };
type Skipped = Fields & { readonly outcome: string; readonly skipped: true };

/** The outcome of a message that was left alone on purpose: a duplicate, or one about something else. */
export function skipped(outcome: string, fields: Fields = {}): Outcome {
  return { ...fields, outcome, skipped: true };
}

/**
 * Handles one message. Delivery is at least once: the same message may come again. A handler that throws
 * gets the message again, until it moves to the dead-letter queue after too many receives.
 */
export type RecordHandler = (
  message: Message,
  context: Context,
) => Promise<Outcome | readonly Outcome[]>;

/** Runs `recordHandler` on a message in its trace, logs each outcome or the failure, and counts the message. */
export async function run(
  recordHandler: RecordHandler,
  message: Message,
  context: Context,
): Promise<void> {
  const { messageId, eventId, trace } = message;
  const ids = { messageId, eventId, ...(trace !== undefined && { traceId: trace.traceId }) };
  try {
    const outcomes = [await inTrace(trace, () => recordHandler(message, context))].flat();
    for (const { skipped: _skipped, ...logged } of outcomes) {
      logger.info("handled", { ...ids, ...logged });
    }
    count(outcomes.every((outcome) => outcome.skipped) ? "skipped" : "handled");
  } catch (error) {
    count("failed");
    logger.error("failed", { ...ids, permanent: isPermanent(error), error });
    throw error;
  }
}
