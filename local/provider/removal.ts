import { parseArn } from "../../aws/arn.ts";
import type { Cloud } from "../cloud.ts";
import { byOwner } from "../services/s3/requester.ts";
import type { MadeResource, MadeResources } from "./madeResources.ts";

/**
 * Takes a resource away, if it is still there.
 *
 * @param key its ARN where it has one, or else its id
 * @returns what it holds, and is kept for; undefined when nothing of it is left
 */
type Removal = (cloud: Cloud, key: string) => Promise<string | undefined> | string | undefined;

/**
 * How that is taken away which outlasts a run, in this order: ways before what they lead to. All else is
 * made anew by each run.
 */
const removals: Readonly<Record<string, Removal>> = {
  "aws:sns/topicSubscription:TopicSubscription": (cloud, arn) => {
    cloud.topics.unsubscribe(arn);
  },
  "aws:s3/bucketNotification:BucketNotification": (cloud, bucket) => {
    if (cloud.buckets.find(bucket)) cloud.buckets.setNotification(bucket, []);
  },
  "aws:sns/topicPolicy:TopicPolicy": (cloud, topicArn) => {
    if (cloud.topics.find(topicArn)) cloud.topics.setAttributes(topicArn, { Policy: "" });
  },
  "aws:s3/bucketPolicy:BucketPolicy": (cloud, bucket) => {
    if (cloud.buckets.find(bucket)) cloud.buckets.setPolicy(bucket, undefined);
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": removeObject,
  "aws:sns/topic:Topic": (cloud, arn) => {
    cloud.topics.delete(arn);
  },
  "aws:sqs/queue:Queue": removeQueue,
  "aws:s3/bucket:Bucket": removeBucket,
  "aws:dynamodb/table:Table": removeTable,
};

/**
 * Takes away what earlier runs of the program have made and this one has not, as `pulumi up` would. But
 * queues with messages, buckets with objects and tables with items are kept: the data is the user's.
 *
 * @returns what is kept, a line each
 */
export async function removeAbandoned(cloud: Cloud, made: MadeResources): Promise<string[]> {
  const kept: string[] = [];
  for (const resource of inOrder(made.abandoned())) {
    const holds = await removals[resource.type]?.(cloud, resource.key);
    if (holds === undefined) made.forget(resource);
    else kept.push(holds);
  }
  return kept;
}

function inOrder(resources: readonly MadeResource[]): MadeResource[] {
  const order = Object.keys(removals);
  return [...resources].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

function removeQueue({ queues }: Cloud, arn: string): string | undefined {
  const queue = queues.find(arn);
  if (queue === undefined) return undefined;
  const { visible, inFlight, delayed } = queues.counts(arn);
  const messages = visible + inFlight + delayed;
  if (messages > 0) return `queue ${queue.name}, with ${number(messages, "message")}`;
  queues.delete(arn);
  return undefined;
}

/** @param id the bucket and the key: `site/index.html` */
function removeObject({ buckets }: Cloud, id: string): undefined {
  const [bucket = "", ...key] = id.split("/");
  if (buckets.find(bucket)) buckets.objects.delete({ bucket, key: key.join("/") }, byOwner());
}

function removeBucket({ buckets }: Cloud, arn: string): string | undefined {
  const name = parseArn(arn)?.resource ?? arn;
  if (buckets.find(name) === undefined) return undefined;
  const { entries } = buckets.objects.list({ bucket: name, limit: 1, versions: true });
  if (entries.length > 0) return `bucket ${name}, with objects`;
  buckets.delete(name);
  return undefined;
}

async function removeTable({ tables }: Cloud, arn: string): Promise<string | undefined> {
  const name = parseArn(arn)?.resource.replace(/^table\//, "") ?? arn;
  if (!(await tables.list()).includes(name)) return undefined;
  const { Count } = await tables.call("Scan", { TableName: name, Limit: 1 });
  if (Count !== 0) return `table ${name}, with items`;
  await tables.call("DeleteTable", { TableName: name });
  return undefined;
}

function number(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
