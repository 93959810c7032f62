import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { UploadBucket } from "../../../components/index.ts";
import { isPlainObject } from "../../../components/validation/schema.ts";

export type TopicContext = {
  /** By URN. */
  readonly buckets: ReadonlyMap<string, UploadBucket>;
  /** Of the component. */
  readonly options: pulumi.ComponentResourceOptions;
};

/** What is converted; the other arguments pass through. */
export type TopicArguments = {
  readonly sources?: unknown;
  readonly encryption?: unknown;
};

/**
 * The arguments of a FanoutTopic from those of the package. Where TypeScript has a resource, the package has the
 * URN of an UploadBucket, or the ARN of a key. Whatever else is there stays as it is, for the component
 * to check.
 */
export function topicArguments(
  topic: string,
  { sources, encryption, ...others }: TopicArguments,
  { buckets, options }: TopicContext,
): TopicArguments {
  const lookup = lookupOptions(options);
  return {
    ...others,
    ...(sources !== undefined && { sources: each(sources, (one) => withBucket(one, buckets)) }),
    ...(encryption !== undefined && { encryption: withKey(topic, encryption, lookup) }),
  };
}

/** Existing resources are read by the provider that creates the component's own. */
function lookupOptions({
  parent,
  providers,
}: pulumi.ComponentResourceOptions): pulumi.CustomResourceOptions {
  const provider = Array.isArray(providers) ? undefined : providers?.aws;
  return { ...(parent && { parent }), ...(provider && { provider }) };
}

function withBucket(source: unknown, buckets: TopicContext["buckets"]): unknown {
  if (!isPlainObject(source) || typeof source.bucket !== "string") return source;
  return { ...source, bucket: buckets.get(source.bucket) ?? source.bucket };
}

function withKey(topic: string, encryption: unknown, lookup: pulumi.CustomResourceOptions) {
  const arn = onlyField(encryption, "keyArn");
  if (arn === undefined) return encryption;
  return { key: aws.kms.Key.get(`${topic}-existing`, arn, undefined, lookup) };
}

/** The text of an object's field, or an Output of it, if the object has no other. */
function onlyField(value: unknown, field: string): string | pulumi.Output<string> | undefined {
  if (!isPlainObject(value)) return undefined;
  const { [field]: text, ...others } = value;
  if (Object.keys(others).length > 0) return undefined;
  return typeof text === "string" || isOutput(text) ? text : undefined;
}

function isOutput(value: unknown): value is pulumi.Output<string> {
  return pulumi.Output.isInstance(value);
}

function each(list: unknown, convert: (item: unknown) => unknown): unknown {
  return Array.isArray(list) ? list.map(convert) : list;
}
