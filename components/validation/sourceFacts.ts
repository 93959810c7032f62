import {
  type BucketSource,
  type EventSource,
  notifyingSources,
  type ScheduleSource,
  type Source,
} from "../sources/source.ts";
import { foundBucket, haveSameBucket } from "../sources/sourceBucket.ts";
import type { TopicFacts } from "./facts.ts";

/** The subject of rules about a source. */
export type SourceFacts = {
  readonly topic: TopicFacts;
  readonly source: Source;
  /** Those before it in the list whose types are correct. */
  readonly earlier: readonly Source[];
};

/** The subject of rules about a bucket as a source. */
export type BucketSourceFacts = {
  readonly source: BucketSource;
  /** The notification rules of the bucket that precede this source's, also those of other topics. */
  readonly earlierRules: readonly NotificationRule[];
  /** Whether the bucket's notifications are being created already. */
  readonly isNotified: boolean;
};

export type NotificationRule = {
  readonly source: BucketSource;
  /** Undefined for a rule of the same topic. */
  readonly topic: string | undefined;
};

export type EventSourceFacts = { readonly source: EventSource };

export type ScheduleSourceFacts = { readonly topic: TopicFacts; readonly source: ScheduleSource };

export function bucketSourceFacts(
  { earlier }: SourceFacts,
  source: BucketSource,
): BucketSourceFacts {
  const notifications = foundBucket(source)?.notifications;
  const ofOthers = (notifications?.parts ?? []).flatMap(({ topic, sources }) =>
    sources.map((other) => ({ source: other, topic })),
  );
  const ofTopic = notifyingSources(earlier)
    .filter((other) => haveSameBucket(other, source))
    .map((other) => ({ source: other, topic: undefined }));
  return {
    source,
    earlierRules: source.via === "eventBridge" ? [] : [...ofOthers, ...ofTopic],
    isNotified: notifications?.isComplete ?? false,
  };
}
