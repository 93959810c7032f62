import type { Arn } from "./arn.ts";

/**
 * The regions that are enabled in every account: those from before 20 March 2019. All later ones are
 * opted into.
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const alwaysOn = new Set([
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ca-central-1",
  "eu-central-1",
  "eu-north-1",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
]);

function isOptInRegion(region: string): boolean {
  return !alwaysOn.has(region) && !region.startsWith("cn-") && !region.startsWith("us-gov-");
}

/** A region and an account. */
export type Place = Pick<Arn, "region" | "account">;

/**
 * The service principal that SNS delivers as: from an opt-in region, the region's own.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 */
export function snsPrincipal(topic: Place, target: Place): string {
  const apart = topic.region !== target.region || topic.account !== target.account;
  return apart && isOptInRegion(topic.region)
    ? `sns.${topic.region}.amazonaws.com`
    : "sns.amazonaws.com";
}

/** Why SNS does not deliver from one region to another, or undefined if it does. */
export function undeliverable(
  topicRegion: string,
  targetRegion: string,
  protocol: "sqs" | "lambda",
): string | undefined {
  if (topicRegion === targetRegion || !isOptInRegion(targetRegion)) return undefined;
  if (isOptInRegion(topicRegion)) {
    return `SNS does not deliver from ${topicRegion} to ${targetRegion}: both have to be opted into`;
  }
  return protocol === "lambda"
    ? `SNS does not invoke functions in ${targetRegion} from ${topicRegion}; use a queue`
    : undefined;
}
