import { arnParts } from "../../aws/arn.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./document.ts";

/**
 * The access policy of a queue that a topic delivers to: this topic may send, over TLS, and nobody else
 * through the policy. The topic's exact ARN keeps every other topic out, also those of the same account.
 * https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
 */
export function queuePolicy(queueArn: string, topicArn: string): PolicyDocument {
  return policyDocument(topicSends(queueArn, topicArn), denyInsecureTransport("sqs:*", queueArn));
}

export function topicSends(queueArn: string, topicArn: string): Statement {
  return {
    Sid: "TopicSends",
    Effect: "Allow",
    Principal: { Service: snsPrincipal(arnParts(topicArn), arnParts(queueArn)) },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
  };
}

/** The access policy of a dead-letter queue: SQS moves messages in by itself, so nobody is let in. */
export function deadLetterQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument(denyInsecureTransport("sqs:*", queueArn));
}
