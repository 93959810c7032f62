import { arnParts } from "../../../aws/arn.ts";
import { invalidParameter, invalidParameterBecause } from "./errors.ts";

/** Values by the names that `SetTopicAttributes` knows. */
export type TopicAttributes = Readonly<Record<string, string>>;

export type Topic = {
  readonly arn: string;
  readonly name: string;
  readonly fifo: boolean;
  /** The attributes that were set explicitly. */
  readonly attributes: TopicAttributes;
  readonly tags: Readonly<Record<string, string>>;
};

/** The region of a topic. */
export function regionOf(topic: Topic): string {
  return arnParts(topic.arn).region;
}

/**
 * Rejects an invalid name of a topic.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export function checkTopicName(name: string, fifo: boolean): void {
  const pattern = fifo ? /^[\w-]{1,251}\.fifo$/ : /^[\w-]{1,256}$/;
  if (!pattern.test(name)) throw invalidParameter("Topic Name");
}

/**
 * Rejects a text that cannot be the ARN of a topic or subscription.
 *
 * @param parameter its name in the request: `TopicArn`, `SubscriptionArn`
 * @param region the one that it must be in. @default any
 */
export function checkArn(parameter: string, arn: string, region?: string): void {
  const parts = arn.split(":");
  if (parts.length < 6) {
    throw invalidParameterBecause(
      parameter,
      `An ARN must have at least 6 elements, not ${parts.length}`,
    );
  }
  if (parts[0] !== "arn" || parts[2] !== "sns" || parts[3] !== (region ?? parts[3])) {
    throw invalidParameter(parameter);
  }
}

/** A subscription's ARN is its topic's with an id behind it. */
export function checkSubscriptionArn(arn: string, region: string): void {
  checkArn("SubscriptionArn", arn, region);
  if (arn.split(":").length === 6) throw invalidParameter("SubscriptionId");
}
