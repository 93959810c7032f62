import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { StatementToAdd } from "../topic/statementsToAdd.ts";

/** What was made for a consumer; each where its kind has one. */
export interface Consumer {
  /** Where SNS delivers, and the function's messages wait. */
  readonly queue?: aws.sqs.Queue | undefined;
  /** Messages that the function failed on too often. */
  readonly deadLetterQueue?: aws.sqs.Queue | undefined;
  /** Messages that SNS could not deliver. */
  readonly undeliveredQueue?: aws.sqs.Queue | undefined;
  /** Events that a directly invoked function failed on, for all its tries. */
  readonly failureQueue?: aws.sqs.Queue | undefined;
  readonly function?: aws.lambda.Function | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  /** Who has to confirm the subscription and how: nothing is delivered before. */
  readonly confirmation?: pulumi.Output<string> | undefined;
  readonly mapping?: aws.lambda.EventSourceMapping | undefined;
  /** What has to stand in policies that are not ours. */
  readonly statementsToAdd?: pulumi.Output<StatementToAdd[]> | undefined;
}
