import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, arnParts } from "../../aws/arn.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
  sidPart,
} from "../policyDocument.ts";
import { type BucketSource, sourceBuckets } from "./sources.ts";

/** A principal that may publish: exactly one of `service`, `account` and `principalArn`. */
export interface Publisher {
  /** An AWS service, for example `events.amazonaws.com`, on behalf of a resource in the topic's account. */
  service?: string;
  /** Another account, 12 digits. Its own policies decide which of its principals may publish. */
  account?: string;
  /** One role or user. */
  principalArn?: pulumi.Input<string>;
  /** Only on behalf of this resource; may contain `*`. @default any */
  sourceArn?: pulumi.Input<string>;
}

/** An endpoint in another account. A subscription that its owner creates needs no confirmation. */
export interface Subscriber {
  /** 12 digits. */
  account: string;
  protocol: "sqs" | "lambda" | "firehose" | "https" | "email" | "sms";
  /** The ARN of a queue, function or delivery stream, a URL, an e-mail address or a phone number. */
  endpoint: pulumi.Input<string>;
}

/** A bucket that publishes to the topic. */
export type PublishingBucket = { readonly name: string; readonly arn: string };

/** A Publisher whose Outputs are known. */
export type KnownPublisher =
  | { readonly kind: "service"; readonly service: string; readonly sourceArn?: string | undefined }
  | { readonly kind: "account"; readonly account: string; readonly sourceArn?: string | undefined }
  | { readonly kind: "principal"; readonly principalArn: string };

/** A Subscriber whose Outputs are known. */
export type KnownSubscriber = {
  readonly account: string;
  readonly protocol: string;
  readonly endpoint: string;
};

/** All publishers of a topic that have no role with a policy for it. */
export type Publishers = {
  readonly topicArn: string;
  readonly buckets: readonly PublishingBucket[];
  readonly publishers: readonly KnownPublisher[];
};

/** The publishers that the arguments name, once their ARNs are known. */
export function publishersOf(
  topicArn: pulumi.Output<string>,
  { sources = [], publishers = [] }: { sources?: BucketSource[]; publishers?: Publisher[] },
): pulumi.Output<Publishers> {
  const buckets = sourceBuckets(sources).map(({ name, bucket }) => ({ name, arn: bucket.arn }));
  return pulumi
    .all([topicArn, pulumi.all(buckets), pulumi.all(publishers.map(whenKnown))])
    .apply(([arn, known, others]) => ({ topicArn: arn, buckets: known, publishers: others }));
}

function whenKnown(publisher: Publisher): pulumi.Output<KnownPublisher> {
  return pulumi
    .all([publisher.principalArn, publisher.sourceArn])
    .apply(([principalArn, sourceArn]) => knownPublisher(publisher, principalArn, sourceArn));
}

/** A publisher with the values of its Outputs. */
export function knownPublisher(
  { service, account }: Publisher,
  principalArn: string | undefined,
  sourceArn: string | undefined,
): KnownPublisher {
  if (service !== undefined) return { kind: "service", service, sourceArn };
  if (account !== undefined) return { kind: "account", account, sourceArn };
  return { kind: "principal", principalArn: principalArn ?? "" };
}

/**
 * The policy of a topic, with a statement for the account and one for each source, publisher and
 * subscriber. A topic has one policy document: a second TopicPolicy resource would overwrite the first.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function topicPolicy(
  publishers: Publishers,
  subscribers: readonly KnownSubscriber[],
): PolicyDocument {
  const { topicArn } = publishers;
  return policyDocument(
    ownerManages(topicArn),
    ...topicStatements(publishers, subscribers),
    denyInsecureTransport("sns:Publish", topicArn),
  );
}

/** The statements that the policy of an existing topic needs. */
export function topicStatements(
  publishers: Publishers,
  subscribers: readonly KnownSubscriber[],
): Statement[] {
  const { topicArn } = publishers;
  return [
    ...publisherStatements(publishers, { Action: "sns:Publish", Resource: topicArn }),
    ...subscribers.map((subscriber, index) => subscribes(topicArn, subscriber, index + 1)),
  ];
}

function ownerManages(topicArn: string): Statement {
  return {
    Sid: "OwnerManages",
    Effect: "Allow",
    Principal: { AWS: accountRoot(topicArn, arnParts(topicArn).account) },
    Action: [
      "sns:AddPermission",
      "sns:DeleteTopic",
      "sns:GetTopicAttributes",
      "sns:ListSubscriptionsByTopic",
      "sns:Publish",
      "sns:RemovePermission",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
    ],
    Resource: topicArn,
  };
}

/**
 * Lets the owner of an endpoint subscribe it: a subscription by anyone else has to be confirmed.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
function subscribes(
  topicArn: string,
  { account, protocol, endpoint }: KnownSubscriber,
  number: number,
): Statement {
  return {
    Sid: `Subscriber${number}`,
    Effect: "Allow",
    Principal: { AWS: accountRoot(topicArn, account) },
    Action: "sns:Subscribe",
    Resource: topicArn,
    Condition: { StringEquals: { "sns:Protocol": protocol, "sns:Endpoint": endpoint } },
  };
}

function accountRoot(topicArn: string, account: string): string {
  return accountRootArn(account, arnParts(topicArn).partition);
}

/** A statement for each publisher that allows `grant`: publishing to the topic, or using its key. */
export function publisherStatements(
  { topicArn, buckets, publishers }: Publishers,
  grant: Pick<Statement, "Action" | "Resource">,
): Statement[] {
  return [
    ...buckets.map((bucket) => ({
      Sid: `Bucket${sidPart(bucket.name)}Publishes`,
      Effect: "Allow" as const,
      Principal: { Service: "s3.amazonaws.com" },
      ...grant,
      Condition: bucketCondition(topicArn, bucket),
    })),
    ...publishers.map((publisher, index) => ({
      Sid: `Publisher${index + 1}`,
      Effect: "Allow" as const,
      ...publisherPrincipal(topicArn, publisher),
      ...grant,
    })),
  ];
}

/**
 * The ARN of a bucket contains no account: without the account's condition, the next owner of a deleted
 * bucket's name could publish.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function bucketCondition(topicArn: string, bucket: PublishingBucket) {
  return {
    ArnEquals: { "aws:SourceArn": bucket.arn },
    StringEquals: { "aws:SourceAccount": arnParts(topicArn).account },
  };
}

function publisherPrincipal(
  topicArn: string,
  publisher: KnownPublisher,
): Required<Pick<Statement, "Principal">> & Pick<Statement, "Condition"> {
  const { account, partition } = arnParts(topicArn);
  switch (publisher.kind) {
    case "service":
      return {
        Principal: { Service: publisher.service },
        Condition: serviceCondition(publisher.sourceArn, account),
      };
    case "account":
      return {
        Principal: { AWS: accountRootArn(publisher.account, partition) },
        ...(publisher.sourceArn && {
          Condition: { ArnLike: { "aws:SourceArn": publisher.sourceArn } },
        }),
      };
    case "principal":
      return { Principal: { AWS: publisher.principalArn } };
  }
}

/**
 * Restricts a service to resources of the topic's account. If the source's ARN contains the account, the
 * ARN is enough: not every service sends `aws:SourceAccount`.
 */
function serviceCondition(
  sourceArn: string | undefined,
  account: string,
): NonNullable<Statement["Condition"]> {
  const hasAccount = sourceArn !== undefined && arnParts(sourceArn).account !== "";
  return {
    ...(sourceArn && { ArnLike: { "aws:SourceArn": sourceArn } }),
    ...(!hasAccount && { StringEquals: { "aws:SourceAccount": account } }),
  };
}
