import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { s3EventPattern } from "../../aws/s3BusEvents.ts";
import { childName } from "../childNames.ts";
import { UploadBucket } from "../uploadBucket.ts";
import { whenSentToEventBridge } from "./presentNotifications.ts";
import {
  type BucketSource,
  defaultEvents,
  isBucketSource,
  type RetryArgs,
  type RuleSource,
  ruleSources,
  type Source,
} from "./source.ts";
import { sourceBucket } from "./sourceBucket.ts";
import { sourceName } from "./sourceName.ts";
import { createUnpublishedQueue, type SourceOwner } from "./unpublishedQueue.ts";

/** A rule of EventBridge that sends events to the topic. */
export type TopicRule = {
  /** The source's. */
  readonly name: string;
  readonly source: RuleSource;
  readonly rule: aws.cloudwatch.EventRule;
  /** Events that the topic did not accept. */
  readonly unpublishedQueue: aws.sqs.Queue;
};

/** Creates the rules of the sources, which the topic's policy names. */
export function createRules(owner: SourceOwner, sources: readonly Source[]): TopicRule[] {
  const { naming, place, tags, parent } = owner;
  const region = place?.region;
  return ruleSources(sources).map((source) => {
    const name = sourceName(source) ?? "";
    const rule = new aws.cloudwatch.EventRule(
      childName(naming.name, name),
      {
        description: `publishes to the topic ${naming.name}`,
        eventBusName: isBucketSource(source) ? undefined : source.bus,
        eventPattern: patternOf(source, parent),
        region,
        tags,
      },
      { parent },
    );
    const sender = { service: "events.amazonaws.com", arn: rule.arn };
    return { name, source, rule, unpublishedQueue: createUnpublishedQueue(owner, name, sender) };
  });
}

function patternOf(source: RuleSource, parent: pulumi.Resource): pulumi.Input<string> {
  if (!isBucketSource(source)) return JSON.stringify(source.eventPattern);
  const { bucket, label } = sourceBucket(source, parent);
  const name = ownsDocument(source) ? bucket.id : whenSentToEventBridge(label, bucket);
  const { events = defaultEvents, prefix, suffix } = source;
  return name.apply((known) =>
    JSON.stringify(s3EventPattern({ bucket: known, events, prefix, suffix })),
  );
}

/** False for an existing bucket whose notifications the program leaves as they are: it has to use EventBridge. */
export function ownsDocument({ bucket, via, ownsNotifications = false }: BucketSource): boolean {
  const isInProgram = bucket instanceof UploadBucket || aws.s3.Bucket.isInstance(bucket);
  return isInProgram || ownsNotifications || via !== "eventBridge";
}

/**
 * Lets the rules publish. EventBridge keeps an event that the topic does not accept: it tries again, and then
 * sends it to the source's queue.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 *
 * @param policies that let the rules publish
 */
export function createTargets(
  { naming, parent }: SourceOwner,
  rules: readonly TopicRule[],
  policies: readonly pulumi.Resource[],
): void {
  for (const { name, source, rule, unpublishedQueue } of rules) {
    new aws.cloudwatch.EventTarget(
      childName(naming.name, name),
      {
        rule: rule.name,
        eventBusName: rule.eventBusName,
        arn: naming.topic.arn,
        ...inputOf(source),
        deadLetterConfig: { arn: unpublishedQueue.arn },
        retryPolicy: retryPolicy(source.retries),
        region: rule.region,
      },
      { parent, dependsOn: [...policies] },
    );
  }
}

function inputOf(
  source: RuleSource,
): Pick<aws.cloudwatch.EventTargetArgs, "inputPath" | "inputTransformer"> {
  if (isBucketSource(source)) return {};
  const { inputPath, inputTransformer: transformer } = source;
  return {
    inputPath,
    inputTransformer: transformer && {
      inputPaths: transformer.paths,
      inputTemplate: transformer.template,
    },
  };
}

/** EventBridge's own limits where none are given. */
export function retryPolicy(
  retries: RetryArgs | undefined,
):
  | { maximumRetryAttempts?: pulumi.Input<number>; maximumEventAgeInSeconds?: pulumi.Input<number> }
  | undefined {
  return (
    retries && {
      maximumRetryAttempts: retries.maximumAttempts ?? mostAttempts,
      maximumEventAgeInSeconds: retries.maximumAgeSeconds ?? oneDay,
    }
  );
}

const mostAttempts = 185;
const oneDay = 86_400;
