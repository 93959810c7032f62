import { denyInsecureTransport, type PolicyDocument, policyDocument } from "./document.ts";

/**
 * The access policy of a consumer's queue: this topic may send, over TLS, and nobody else through the
 * policy. The topic's exact ARN keeps every other topic out, also those of the same account.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 */
export function queuePolicy(queueArn: string, topicArn: string): PolicyDocument {
  return policyDocument(
    {
      Sid: "TopicSends",
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queueArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    },
    denyInsecureTransport("sqs:*", queueArn),
  );
}

/** The access policy of a dead-letter queue: SQS moves messages in by itself, so nobody is let in. */
export function deadLetterQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument(denyInsecureTransport("sqs:*", queueArn));
}
