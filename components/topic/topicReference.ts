import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";

/** What the resources of a topic's consumers use of it. */
export type TopicReference = Pick<aws.sns.Topic, "arn" | "name">;

/**
 * Refers to an existing topic without a lookup, which the policy of another account's topic need not allow:
 * to subscribe, `sns:Subscribe` is enough.
 */
export function topicReference(topicArn: pulumi.Input<string>): TopicReference {
  const arn = pulumi.output(topicArn);
  return { arn, name: arn.apply((known) => arnParts(known).resource) };
}

/** A region and an account of AWS. */
export type Place = {
  readonly region: pulumi.Input<string>;
  readonly account: pulumi.Input<string>;
};

/**
 * Where the consumers of an existing topic are: in its region, and in the account of the provider, which need
 * not be the topic's.
 *
 * @param opts the resource whose provider creates the consumers
 */
export function consumersPlace(
  topicArn: pulumi.Input<string>,
  opts: pulumi.InvokeOutputOptions,
): Place {
  return {
    region: regionOfArn(topicArn),
    account: aws.getCallerIdentityOutput({}, opts).accountId,
  };
}

/** The region in an ARN: a plain value if the ARN is one. */
export function regionOfArn(arn: pulumi.Input<string>): pulumi.Input<string> {
  if (typeof arn === "string") return arnParts(arn).region;
  return pulumi.output(arn).apply((known) => arnParts(known).region);
}
