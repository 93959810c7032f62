import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The notifications that topics add to a bucket, when their values are known. */
export type NotificationDocument = pulumi.Unwrap<Omit<aws.s3.BucketNotificationArgs, "bucket">>;

/** One document of those of several topics. */
export function mergedArgs(all: readonly NotificationDocument[]): NotificationDocument {
  return {
    topics: joined(all.map(({ topics }) => topics)),
    queues: joined(all.map(({ queues }) => queues)),
    lambdaFunctions: joined(all.map(({ lambdaFunctions }) => lambdaFunctions)),
    eventbridge: all.find(({ eventbridge }) => eventbridge)?.eventbridge,
  };
}

function joined<T>(lists: readonly (readonly T[] | undefined)[]): T[] | undefined {
  const given = lists.filter((list) => list !== undefined);
  return given.length === 0 ? undefined : given.flat();
}
