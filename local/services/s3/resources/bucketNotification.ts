import { isDeepStrictEqual } from "node:util";
import type { Cloud } from "../../../cloud.ts";
import {
  flag,
  list,
  object,
  region,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { PropertyMap } from "../../../pulumi/values/propertyValue.ts";
import { eventBridgeRule, type NotificationRule, targetOf } from "../notification/rules.ts";

const rule = {
  id: text({ computed: true }),
  events: list(text(), required),
  filterPrefix: text(),
  filterSuffix: text(),
};

const inputs = {
  bucket: text(requiredReplaces),
  eventbridge: flag({ default: false }),
  lambdaFunctions: list(object({ ...rule, lambdaFunctionArn: text() })),
  queues: list(object({ ...rule, queueArn: text(required) })),
  region,
  topics: list(object({ ...rule, topicArn: text(required) })),
};

export const bucketNotification = resourceType({
  type: "aws:s3/bucketNotification:BucketNotification",
  inputs,
  create: (cloud, given) => {
    const { buckets } = cloud;
    const { bucket } = given;
    const rules = rulesOf(cloud, given);
    // AWS's provider would not set what is set already, and S3 would not send its test event again.
    if (!isDeepStrictEqual(buckets.get(bucket).notification, rules)) {
      buckets.setNotification(bucket, rules);
    }
    return bucket;
  },
  update: (cloud, bucket, given) => cloud.buckets.setNotification(bucket, rulesOf(cloud, given)),
  delete: ({ buckets }, bucket) => {
    if (buckets.find(bucket)) buckets.setNotification(bucket, []);
  },
  read: ({ buckets }, bucket) => {
    const found = buckets.find(bucket);
    if (found === undefined || found.notification.length === 0) return undefined;
    return { bucket, ...describe(found.notification) };
  },
});

function rulesOf({ region: own }: Cloud, given: Values<typeof inputs>): NotificationRule[] {
  const { topics = [], queues = [], lambdaFunctions = [] } = given;
  return [
    ...topics.map((each, index) => ({
      ...ruleOf(each, "topic", index),
      topicArn: each.topicArn,
    })),
    ...queues.map((each, index) => ({
      ...ruleOf(each, "queue", index),
      queueArn: each.queueArn,
    })),
    ...lambdaFunctions.map((each, index) => ({
      ...ruleOf(each, "lambda", index),
      functionArn: each.lambdaFunctionArn ?? "",
    })),
    ...(given.eventbridge ? [eventBridgeRule(own)] : []),
  ];
}

function ruleOf(given: Values<typeof rule>, kind: string, index: number) {
  const { id, events, filterPrefix, filterSuffix } = given;
  return {
    id: id ?? `tf-s3-${kind}-${index + 1}`,
    events,
    ...(filterPrefix !== undefined && { prefix: filterPrefix }),
    ...(filterSuffix !== undefined && { suffix: filterSuffix }),
  };
}

function describe(rules: readonly NotificationRule[]): PropertyMap {
  const of = (kind: string, name: string) =>
    rules
      .filter((each) => targetOf(each).kind === kind)
      .map((each) => ({ ...describeRule(each), [name]: targetOf(each).arn }));
  const all = {
    topics: of("Topic", "topicArn"),
    queues: of("Queue", "queueArn"),
    lambdaFunctions: of("CloudFunction", "lambdaFunctionArn"),
  };
  return {
    ...Object.fromEntries(Object.entries(all).filter(([, each]) => each.length > 0)),
    eventbridge: rules.some((each) => "eventBusArn" in each),
  };
}

function describeRule({ id, events, prefix, suffix }: NotificationRule) {
  return {
    id,
    events,
    ...(prefix !== undefined && { filterPrefix: prefix }),
    ...(suffix !== undefined && { filterSuffix: suffix }),
  };
}
