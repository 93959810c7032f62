import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { FilterPolicy, FilterPolicyScope } from "../../aws/filterPolicy/filterPolicy.ts";
import type { StatementToAdd } from "../topic/statementsToAdd.ts";

/** Arguments of consumers of every kind. */
export interface ConsumerBase {
  /**
   * Letters, digits, `-` and `_`; unique in the topic. The consumer's resources are named after it: a new
   * name replaces them, and the messages in the old queue are lost.
   */
  name: string;
  /**
   * Which messages the consumer receives: up to 5 keys, each with a list of values or operators. Values are
   * those of the message: the component escapes quotes and backslashes as SNS needs it.
   * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html @default all
   */
  filter?: FilterPolicy;
  /**
   * What the filter applies to. Events of S3 have no attributes: filter them by their body.
   * @default "MessageAttributes"
   */
  filterScope?: FilterPolicyScope;
}

/** Arguments of consumers without a queue between SNS and the endpoint. */
export interface UnbufferedConsumerBase extends ConsumerBase {
  /** Keeps messages that SNS cannot deliver, in the subscription's dead-letter queue. @default true */
  subscriptionDeadLetter?: boolean;
}

/** The resources of a consumer; each is undefined if the consumer's kind has none. */
export interface Consumer {
  /** The region of all resources but the subscription, if it need not be the topic's. */
  readonly region?: pulumi.Input<string> | undefined;
  /** Whether the queue's messages name their tenants, so that alarms and dashboard show the quiet ones. */
  readonly fairness?: boolean | undefined;
  /** The endpoint of the subscription; messages wait here for the function. */
  readonly queue?: aws.sqs.Queue | undefined;
  /** Messages that were received `maxReceiveCount` times without success. */
  readonly deadLetterQueue?: aws.sqs.Queue | undefined;
  /** Messages that SNS could not deliver. */
  readonly undeliveredQueue?: aws.sqs.Queue | undefined;
  /** Events on which a directly invoked function failed, after all retries. */
  readonly failureQueue?: aws.sqs.Queue | undefined;
  readonly function?: aws.lambda.Function | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  /** How the subscription is confirmed; nothing is delivered before. Undefined if that is not required. */
  readonly confirmation?: pulumi.Output<string> | undefined;
  readonly mapping?: aws.lambda.EventSourceMapping | undefined;
  /** Statements that the owner of an existing queue has to add to its policy. */
  readonly statementsToAdd?: pulumi.Output<StatementToAdd[]> | undefined;
}
