import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import { withQualifier } from "../functionArn.ts";
import type { InvocationResult } from "../interface.ts";
import type { PendingEvent } from "./pendingEvents.ts";
import type { FailureCondition } from "./retry.ts";

/** An event that the function is done with, for better or worse. */
export type ConcludedEvent = PendingEvent & {
  readonly condition: "Success" | FailureCondition;
  readonly result: InvocationResult;
};

/**
 * The record that a destination gets.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @param time cloud time in milliseconds
 */
export function destinationRecord(concluded: ConcludedEvent, time: number): string {
  const { requestId, functionArn, condition, result } = concluded;
  return JSON.stringify({
    version: "1.0",
    timestamp: new Date(time).toISOString(),
    requestContext: {
      requestId,
      functionArn: withQualifier(functionArn),
      condition,
      approximateInvokeCount: concluded.invocations,
    },
    requestPayload: JSON.parse(concluded.payload),
    ...responseOf(result),
  });
}

/**
 * The attributes of a message to a function's dead-letter queue or topic; its body is the event itself.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
 */
export function deadLetterAttributes({ requestId, result }: ConcludedEvent): MessageAttributes {
  const message = result.outcome === "failed" ? result.error.errorMessage : "Rate Exceeded.";
  return {
    RequestID: { dataType: "String", stringValue: requestId },
    ErrorCode: { dataType: "Number", stringValue: result.outcome === "failed" ? "200" : "429" },
    ErrorMessage: { dataType: "String", stringValue: message.slice(0, 1024) || " " },
  };
}

function responseOf(result: InvocationResult): object {
  if (result.outcome === "throttled") return {};
  const { executedVersion = "$LATEST" } = result;
  const context = { statusCode: 200, executedVersion };
  return result.outcome === "succeeded"
    ? { responseContext: context, responsePayload: JSON.parse(result.payload) }
    : {
        responseContext: { ...context, functionError: "Unhandled" },
        responsePayload: result.error,
      };
}
