import { queueLimits } from "../../aws/limits.ts";
import { autoNameSuffixLength, childName } from "../childNames.ts";
import { queueSuffixes } from "../consumers/names.ts";
import {
  hasOwnResources,
  isBucketSource,
  isScheduleSource,
  type RetryArgs,
  type Source,
} from "../sources/source.ts";
import { sourceName } from "../sources/sourceName.ts";
import { addedToTopicName } from "./nameRules.ts";
import { show } from "./problem.ts";
import { type Rule, range } from "./rule.ts";
import type { SourceFacts } from "./sourceFacts.ts";

/** EventBridge's limit for the name of a rule, and IAM's and the scheduler's for theirs. */
const longestName = 64 - autoNameSuffixLength;

/** Rules about every source. */
export const sourceRules: readonly Rule<SourceFacts>[] = [
  {
    about: "sources",
    rule: "on a FIFO topic only schedules: S3 and EventBridge publish to standard topics only",
    severity: "error",
    source: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    check: ({ topic, source }) => {
      if (!topic.fifo || isScheduleSource(source)) return undefined;
      const service = isBucketSource(source) ? "S3" : "EventBridge";
      return `${service} cannot publish to a FIFO topic; use a standard topic, or a function between them`;
    },
  },
  {
    about: "sources[].name",
    rule: "letters, digits, -, _ and ., which only sources by notifications may have; required if the bucket is an Output",
    severity: "error",
    source: "Resources are named after their source.",
    check: ({ source }) => {
      const name = sourceName(source);
      if (name === undefined)
        return "the bucket's name is not known before the deployment; add a name";
      if (hasOwnResources(source) && name.includes(".")) {
        return `name may have no dots (given ${show(name)}), because SQS allows none in the name of the source's queue; give the source another name`;
      }
      if (isNamedAfterBucket(source)) return undefined;
      return /^[A-Za-z0-9._-]+$/.test(name)
        ? undefined
        : `name may have only letters, digits, -, _ and . (given ${show(name)})`;
    },
  },
  {
    about: "sources[].name",
    rule: "of sources by EventBridge and of schedules: unique in the topic",
    severity: "error",
    source: "A source's name is its identity.",
    check: ({ source, earlier }) => {
      const name = sourceName(source);
      return name !== undefined &&
        hasOwnResources(source) &&
        earlier.filter(hasOwnResources).some((other) => sourceName(other) === name)
        ? `two sources are named "${name}"; give this one a name of its own`
        : undefined;
    },
  },
  {
    about: "sources[].name",
    rule: "of sources by EventBridge and of schedules: with the topic's name and what Pulumi adds at most 64 characters",
    severity: "error",
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html",
    check: ({ topic, source }) => {
      const { length } = childName(topic.name, sourceName(source) ?? "");
      return hasOwnResources(source) && length > longestName
        ? `the name "${childName(topic.name, sourceName(source) ?? "")}" would have ${length + autoNameSuffixLength} characters with what Pulumi adds; AWS allows 64: shorten the topic's or the source's name`
        : undefined;
    },
  },
  {
    about: "sources[].name",
    rule: "of sources by EventBridge and of schedules: with what is added to the topic's name, the queue's name has at most 80 characters",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
    check: ({ topic, source }) => {
      const queue = `${topic.name}-${sourceName(source)}${queueSuffixes.unpublished}`;
      const length = queue.length + addedToTopicName(topic);
      return hasOwnResources(source) && length > queueLimits.nameLength
        ? `the name of the queue "${queue}" would have ${length} characters with what is added to the topic's name; AWS allows ${queueLimits.nameLength}: shorten the source's name`
        : undefined;
    },
  },
  range({
    about: "retries.maximumAttempts",
    min: 0,
    max: 185,
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html",
    value: ({ source }: SourceFacts) => retriesOf(source)?.maximumAttempts,
  }),
  range({
    about: "retries.maximumAgeSeconds",
    min: 60,
    max: 86_400,
    unit: "seconds",
    source: "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html",
    value: ({ source }: SourceFacts) => retriesOf(source)?.maximumAgeSeconds,
  }),
];

/** Buckets have a rule of their own. */
function isNamedAfterBucket(source: Source): boolean {
  return isBucketSource(source) && source.name === undefined && typeof source.bucket === "string";
}

function retriesOf({ retries }: Source): RetryArgs | undefined {
  return retries;
}
