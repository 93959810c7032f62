import { isDeepStrictEqual } from "node:util";
import {
  list,
  object,
  region,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { NotificationRule } from "../notification/rules.ts";

const inputs = {
  bucket: text(requiredReplaces),
  region,
  topics: list(
    object({
      id: text({ computed: true }),
      topicArn: text(required),
      events: list(text(), required),
      filterPrefix: text(),
      filterSuffix: text(),
    }),
  ),
};

export const bucketNotification = resourceType({
  type: "aws:s3/bucketNotification:BucketNotification",
  inputs,
  create: ({ buckets }, given) => {
    const { bucket } = given;
    const rules = rulesOf(given);
    // AWS's provider would not set what is set already, and S3 would not send its test event again.
    if (!isDeepStrictEqual(buckets.get(bucket).notification, rules)) {
      buckets.setNotification(bucket, rules);
    }
    return bucket;
  },
  update: ({ buckets }, bucket, given) => buckets.setNotification(bucket, rulesOf(given)),
  delete: ({ buckets }, bucket) => {
    if (buckets.find(bucket)) buckets.setNotification(bucket, []);
  },
  read: ({ buckets }, bucket) => {
    const found = buckets.find(bucket);
    if (found === undefined || found.notification.length === 0) return undefined;
    return { bucket, topics: found.notification.map(describe) };
  },
});

function rulesOf({ topics = [] }: Values<typeof inputs>): NotificationRule[] {
  return topics.map(({ id, topicArn, events, filterPrefix, filterSuffix }, index) => ({
    id: id ?? `tf-s3-topic-${index + 1}`,
    topicArn,
    events,
    ...(filterPrefix !== undefined && { prefix: filterPrefix }),
    ...(filterSuffix !== undefined && { suffix: filterSuffix }),
  }));
}

function describe({ id, topicArn, events, prefix, suffix }: NotificationRule) {
  return {
    id,
    topicArn,
    events,
    ...(prefix !== undefined && { filterPrefix: prefix }),
    ...(suffix !== undefined && { filterSuffix: suffix }),
  };
}
