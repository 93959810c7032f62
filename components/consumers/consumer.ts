import type * as aws from "@pulumi/aws";

/** What was made for a consumer; each where its kind has one. */
export interface Consumer {
  /** Where SNS delivers, and the function's messages wait. */
  readonly queue?: aws.sqs.Queue;
  /** Messages that the function failed on too often. */
  readonly deadLetterQueue?: aws.sqs.Queue;
  /** Messages that SNS could not deliver. */
  readonly undeliveredQueue?: aws.sqs.Queue;
  /** Events that a directly invoked function failed on, for all its tries. */
  readonly failureQueue?: aws.sqs.Queue;
  readonly function?: aws.lambda.Function;
  readonly subscription: aws.sns.TopicSubscription;
  readonly mapping?: aws.lambda.EventSourceMapping;
}
