import type { Cloud } from "../../cloud.ts";
import { queuedIn } from "./records.ts";
import { countItems } from "./tableItems.ts";
import type { Count, Stores } from "./types.ts";

/** The most objects, items and records of one store that are counted. */
const mostCounted = 1000;

export async function storesOf(cloud: Cloud): Promise<Stores> {
  const { buckets, tables, dataStreams, streams } = cloud;
  const names = await tables.list();
  return {
    buckets: buckets
      .list()
      .map(({ arn, name }) => ({ arn, name, count: countObjects(cloud, name) })),
    tables: await Promise.all(
      names.map(async (name) => ({
        arn: tables.arn(name),
        name,
        count: await countItems(tables, name, mostCounted),
      })),
    ),
    streams: dataStreams.list().map(({ arn, name }) => ({
      arn,
      name,
      count: countOf(queuedIn(cloud, arn, mostCounted + 1).length),
    })),
    deliveryStreams: streams.list().map(({ arn, name, bucketArn }) => ({ arn, name, bucketArn })),
  };
}

function countObjects({ buckets }: Cloud, bucket: string): Count {
  const page = buckets.objects.list({ bucket, limit: mostCounted, versions: false });
  return { number: page.entries.length, more: page.truncated };
}

function countOf(number: number): Count {
  return { number: Math.min(number, mostCounted), more: number > mostCounted };
}
