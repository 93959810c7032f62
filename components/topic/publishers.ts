import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, arnParts } from "../../aws/arn.ts";
import { type Statement, sidParts } from "../policyDocument.ts";
import type { TopicRule } from "../sources/eventRules.ts";
import { notifyingSources, type Source } from "../sources/source.ts";
import { distinctBuckets, sourceBucket } from "../sources/sourceBucket.ts";

/**
 * A principal that may publish: a service, the principals of an account or of an organization, or one role
 * or user.
 */
export interface Publisher {
  /**
   * An AWS service, for example `events.amazonaws.com`, on behalf of a resource in the topic's account, in
   * `account` or in `organization`.
   */
  service?: string;
  /** Another account, 12 digits: its principals if its own policies allow it, or with `service` its resources. */
  account?: string;
  /**
   * An organization, for example `o-a1b2c3d4e5`: the principals of its accounts if their own policies allow it,
   * or with `service` their resources.
   */
  organization?: string;
  /** One role or user. */
  principalArn?: pulumi.Input<string>;
  /** Only on behalf of this resource of the service; may contain `*`. @default any */
  sourceArn?: pulumi.Input<string>;
}

/** A bucket that publishes to the topic, or a rule of EventBridge. */
type PublishingSource = { readonly name: string; readonly arn: string };

/** A Publisher whose Outputs are known. */
export type KnownPublisher =
  | {
      readonly kind: "service";
      readonly service: string;
      readonly account?: string | undefined;
      readonly organization?: string | undefined;
      readonly sourceArn?: string | undefined;
    }
  | { readonly kind: "account"; readonly account: string }
  | { readonly kind: "organization"; readonly organization: string }
  | { readonly kind: "principal"; readonly principalArn: string };

/** All publishers of a topic that have no role with a policy for it. */
export type Publishers = {
  readonly topicArn: string;
  readonly buckets: readonly PublishingSource[];
  readonly rules: readonly PublishingSource[];
  readonly publishers: readonly KnownPublisher[];
};

/**
 * The publishers that the arguments name, once their ARNs are known.
 *
 * @param component the topic's
 */
export function publishersOf(
  topicArn: pulumi.Output<string>,
  { sources = [], publishers = [] }: { sources?: Source[]; publishers?: Publisher[] },
  rules: readonly TopicRule[],
  component: pulumi.Resource,
): pulumi.Output<Publishers> {
  const buckets = distinctBuckets(notifyingSources(sources)).map((source) => {
    const { name, bucket } = sourceBucket(source, component);
    return { name, arn: bucket.arn };
  });
  return pulumi
    .all([
      topicArn,
      pulumi.all(buckets),
      pulumi.all(rules.map(({ name, rule }) => ({ name, arn: rule.arn }))),
      pulumi.all(publishers.map(whenKnown)),
    ])
    .apply(([arn, ofBuckets, ofRules, others]) => ({
      topicArn: arn,
      buckets: ofBuckets,
      rules: ofRules,
      publishers: others,
    }));
}

function whenKnown(publisher: Publisher): pulumi.Output<KnownPublisher> {
  return pulumi
    .all([publisher.principalArn, publisher.sourceArn])
    .apply(([principalArn, sourceArn]) => knownPublisher(publisher, principalArn, sourceArn));
}

/** A publisher with the values of its Outputs. */
export function knownPublisher(
  { service, account, organization }: Publisher,
  principalArn: string | undefined,
  sourceArn: string | undefined,
): KnownPublisher {
  if (service !== undefined) return { kind: "service", service, account, organization, sourceArn };
  if (account !== undefined) return { kind: "account", account };
  if (organization !== undefined) return { kind: "organization", organization };
  return { kind: "principal", principalArn: principalArn ?? "" };
}

/** A statement for each publisher that allows `grant`: publishing to the topic, or using its key. */
export function publisherStatements(
  { topicArn, buckets, rules, publishers }: Publishers,
  grant: Pick<Statement, "Action" | "Resource">,
): Statement[] {
  const sids = sidParts(buckets.map(({ name }) => name));
  const ruleSids = sidParts(rules.map(({ name }) => name));
  return [
    ...buckets.map((bucket, index) => ({
      Sid: `Bucket${sids[index]}Publishes`,
      Effect: "Allow" as const,
      Principal: { Service: "s3.amazonaws.com" },
      ...grant,
      Condition: bucketCondition(topicArn, bucket),
    })),
    ...rules.map(({ arn }, index) => ({
      Sid: `Rule${ruleSids[index]}Publishes`,
      Effect: "Allow" as const,
      Principal: { Service: "events.amazonaws.com" },
      ...grant,
      Condition: { ArnEquals: { "aws:SourceArn": arn } },
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
function bucketCondition(topicArn: string, bucket: PublishingSource) {
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
        Condition: serviceCondition(publisher, account),
      };
    case "account":
      return { Principal: { AWS: accountRootArn(publisher.account, partition) } };
    case "organization":
      return {
        Principal: { AWS: "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": publisher.organization } },
      };
    case "principal":
      return { Principal: { AWS: publisher.principalArn } };
  }
}

/**
 * Services that name the account of their resource in `aws:SourceOwner` instead of `aws:SourceAccount`, and
 * no `aws:SourceArn`.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner
 */
const servicesWithSourceOwner: readonly string[] = ["elasticache.amazonaws.com"];

/**
 * Restricts a service to resources of an account, by default the topic's. If the source's ARN contains the
 * account, the ARN is enough: not every service sends `aws:SourceAccount`.
 */
function serviceCondition(
  publisher: Extract<KnownPublisher, { kind: "service" }>,
  topicAccount: string,
): NonNullable<Statement["Condition"]> {
  const { service, organization, sourceArn, account = topicAccount } = publisher;
  const source = sourceArn && { ArnLike: { "aws:SourceArn": sourceArn } };
  if (organization !== undefined) {
    return { ...source, StringEquals: { "aws:SourceOrgID": organization } };
  }
  const hasAccount = sourceArn !== undefined && arnParts(sourceArn).account !== "";
  const owner = servicesWithSourceOwner.includes(service) ? "aws:SourceOwner" : "aws:SourceAccount";
  return { ...source, ...(!hasAccount && { StringEquals: { [owner]: account } }) };
}
