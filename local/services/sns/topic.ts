import { arnParts } from "../../../aws/arn.ts";
/** Values by the names that `SetTopicAttributes` knows. */
export type TopicAttributes = Readonly<Record<string, string>>;

export type Topic = {
  readonly arn: string;
  readonly name: string;
  readonly fifo: boolean;
  /** Those attributes that somebody has set. */
  readonly attributes: TopicAttributes;
  readonly tags: Readonly<Record<string, string>>;
};

/** The region that a topic lives in. */
export function regionOf(topic: Topic): string {
  return arnParts(topic.arn).region;
}
