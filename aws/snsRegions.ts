import type { Arn } from "./arn.ts";
import { isOptInRegion, partitionOf } from "./regions.ts";

/** A region and an account. */
export type Place = Pick<Arn, "region" | "account">;

/**
 * The service principal as which SNS delivers to a queue or function in another region or account. If one
 * of the regions is an opt-in region, it is that region's own; between two of them, the target's:
 *
 * | from, to | default region | opt-in region |
 * | --- | --- | --- |
 * | default region | `sns.amazonaws.com` | `sns.TARGET.amazonaws.com` |
 * | opt-in region | `sns.TOPIC.amazonaws.com` | `sns.TARGET.amazonaws.com` |
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sns-example.html (other accounts)
 */
export function snsPrincipal(topic: Place, target: Place): string {
  const isElsewhere = topic.region !== target.region || topic.account !== target.account;
  const optIn = isElsewhere ? [target.region, topic.region].find(isOptInRegion) : undefined;
  return optIn === undefined ? "sns.amazonaws.com" : `sns.${optIn}.amazonaws.com`;
}

/** Why SNS does not deliver from one region to another, or undefined if it does. */
export function undeliverable(topicRegion: string, targetRegion: string): string | undefined {
  const [from, to] = [partitionOf(topicRegion), partitionOf(targetRegion)];
  return from === to
    ? undefined
    : `SNS does not deliver from ${topicRegion} to ${targetRegion}: they are in different partitions, ${from} and ${to}`;
}
