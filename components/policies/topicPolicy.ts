import { arnParts } from "../names.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
  sidPart,
} from "./document.ts";

/** A bucket that publishes to the topic. */
export type SourceBucket = { readonly name: string; readonly arn: string };

/** Someone else who publishes to the topic, with every value known. */
export type KnownPublisher =
  | { readonly kind: "service"; readonly service: string; readonly sourceArn?: string }
  | { readonly kind: "account"; readonly account: string; readonly sourceArn?: string }
  | { readonly kind: "principal"; readonly principalArn: string };

/**
 * The one policy of a topic, with a statement for the account and one for each source and publisher.
 * A topic has one policy document; whoever writes a second one overwrites the first.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function topicPolicy(
  topicArn: string,
  buckets: readonly SourceBucket[],
  publishers: readonly KnownPublisher[],
): PolicyDocument {
  const { account, partition } = arnParts(topicArn);
  return policyDocument(
    ownerStatement(topicArn, `arn:${partition}:iam::${account}:root`),
    ...buckets.map((bucket) => bucketPublishes(topicArn, account, bucket)),
    ...publishers.map((publisher, index) =>
      publisherStatement(topicArn, account, publisher, index + 1),
    ),
    denyInsecureTransport("sns:Publish", topicArn),
  );
}

function ownerStatement(topicArn: string, root: string): Statement {
  return {
    Sid: "OwnerManages",
    Effect: "Allow",
    Principal: { AWS: root },
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
 * The ARN of a bucket holds no account: without the account's condition, whoever takes over the
 * bucket's name after its deletion could publish.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function bucketPublishes(topicArn: string, account: string, bucket: SourceBucket): Statement {
  return {
    Sid: `Bucket${sidPart(bucket.name)}Publishes`,
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: {
      ArnEquals: { "aws:SourceArn": bucket.arn },
      StringEquals: { "aws:SourceAccount": account },
    },
  };
}

function publisherStatement(
  topicArn: string,
  account: string,
  publisher: KnownPublisher,
  number: number,
): Statement {
  const statement = {
    Sid: `Publisher${number}`,
    Effect: "Allow",
    Action: "sns:Publish",
    Resource: topicArn,
  } as const;
  switch (publisher.kind) {
    case "service":
      return {
        ...statement,
        Principal: { Service: publisher.service },
        Condition: {
          ...fromSource(publisher.sourceArn),
          StringEquals: { "aws:SourceAccount": account },
        },
      };
    case "account":
      return {
        ...statement,
        Principal: { AWS: `arn:${arnParts(topicArn).partition}:iam::${publisher.account}:root` },
        ...(publisher.sourceArn ? { Condition: fromSource(publisher.sourceArn) } : {}),
      };
    case "principal":
      return { ...statement, Principal: { AWS: publisher.principalArn } };
  }
}

function fromSource(sourceArn: string | undefined): Record<string, Record<string, string>> {
  return sourceArn === undefined ? {} : { ArnLike: { "aws:SourceArn": sourceArn } };
}
