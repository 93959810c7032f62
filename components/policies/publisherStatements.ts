import { accountRootArn, arnParts } from "../../aws/arn.ts";
import { type Statement, sidPart } from "./document.ts";

/** A bucket that publishes to the topic. */
export type SourceBucket = { readonly name: string; readonly arn: string };

/** Someone else who publishes to the topic, with every value known. */
export type KnownPublisher =
  | { readonly kind: "service"; readonly service: string; readonly sourceArn?: string | undefined }
  | { readonly kind: "account"; readonly account: string; readonly sourceArn?: string | undefined }
  | { readonly kind: "principal"; readonly principalArn: string };

/** Those who publish to a topic without a role of ours. */
export type Publishers = {
  readonly topicArn: string;
  readonly buckets: readonly SourceBucket[];
  readonly publishers: readonly KnownPublisher[];
};

/** What they may do: publish to the topic, or use its key. */
export type Grant = Pick<Statement, "Action" | "Resource">;

/** A statement for each publisher, with the same grant, pinned to who the publisher acts for. */
export function publisherStatements(
  { topicArn, buckets, publishers }: Publishers,
  grant: Grant,
): Statement[] {
  return [
    ...buckets.map((bucket) => bucketStatement(topicArn, bucket, grant)),
    ...publishers.map((publisher, index) => ({
      Sid: `Publisher${index + 1}`,
      Effect: "Allow" as const,
      ...who(topicArn, publisher),
      ...grant,
    })),
  ];
}

/**
 * The ARN of a bucket holds no account: without the account's condition, whoever takes over the
 * bucket's name after its deletion could publish.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
 */
function bucketStatement(topicArn: string, bucket: SourceBucket, grant: Grant): Statement {
  return {
    Sid: `Bucket${sidPart(bucket.name)}Publishes`,
    Effect: "Allow",
    Principal: { Service: "s3.amazonaws.com" },
    ...grant,
    Condition: {
      ArnEquals: { "aws:SourceArn": bucket.arn },
      StringEquals: { "aws:SourceAccount": arnParts(topicArn).account },
    },
  };
}

function who(
  topicArn: string,
  publisher: KnownPublisher,
): Required<Pick<Statement, "Principal">> & Pick<Statement, "Condition"> {
  const { account, partition } = arnParts(topicArn);
  switch (publisher.kind) {
    case "service":
      return {
        Principal: { Service: publisher.service },
        Condition: pinned(publisher.sourceArn, account),
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
 * A service acts for a resource of ours. Where the resource's ARN names the account, that says it all;
 * not every service tells the account by itself.
 */
function pinned(
  sourceArn: string | undefined,
  account: string,
): NonNullable<Statement["Condition"]> {
  const named = sourceArn !== undefined && arnParts(sourceArn).account !== "";
  return {
    ...(sourceArn && { ArnLike: { "aws:SourceArn": sourceArn } }),
    ...(!named && { StringEquals: { "aws:SourceAccount": account } }),
  };
}
