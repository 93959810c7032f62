import type { Statement } from "./document.ts";

/** Writing to the function's own log group. The group exists before the function, so none is created. */
export function writeLogs(logGroupArn: string): Statement {
  return {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${logGroupArn}:*`,
  };
}

/**
 * What Lambda's poller does on the consumer's queue in the name of the function's role.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function consumeQueue(queueArn: string): Statement {
  return {
    Sid: "ConsumeQueue",
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queueArn,
  };
}

/** Sending what the function failed to handle to a queue of its own. */
export function keepFailures(queueArn: string): Statement {
  return {
    Sid: "KeepFailures",
    Effect: "Allow",
    Action: "sqs:SendMessage",
    Resource: queueArn,
  };
}

/** Publishing to one topic. */
export function publishToTopic(topicArn: string): Statement {
  return { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn };
}
