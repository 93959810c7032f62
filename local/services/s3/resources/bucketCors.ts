import type { Cloud } from "../../../cloud.ts";
import {
  list,
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import { type CorsRule, cors } from "../configuration/cors.ts";

const rule = {
  allowedHeaders: list(text()),
  allowedMethods: list(text(), required),
  allowedOrigins: list(text(), required),
  exposeHeaders: list(text()),
  maxAgeSeconds: number(),
};

export const bucketCors = resourceType({
  type: [
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
    "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2",
  ],
  inputs: {
    bucket: text(requiredReplaces),
    corsRules: list(object({ ...rule, id: text() }), required),
    expectedBucketOwner: text(replaces),
    region,
  },
  create: (cloud, { bucket, corsRules }) => {
    setCors(cloud, bucket, corsRules);
    return bucket;
  },
  update: (cloud, bucket, { corsRules }) => setCors(cloud, bucket, corsRules),
  delete: (cloud, bucket) => {
    if (cloud.buckets.find(bucket)) setCors(cloud, bucket, []);
  },
});

/** The rules among the inputs of a bucket itself. */
export const corsInput = list(object(rule), { computed: true });

type GivenRule = NonNullable<Values<{ rules: typeof corsInput }>["rules"]>[number] & {
  readonly id?: string | undefined;
};

/** Lets pages of other origins call the bucket as the rules say. */
export function setCors({ buckets }: Cloud, bucket: string, rules: readonly GivenRule[]): void {
  const { name } = buckets.get(bucket);
  if (rules.length === 0) buckets.documents.delete(name, cors);
  else buckets.documents.set(name, cors, { CORSRule: rules.map(ruleOf) });
}

function ruleOf(given: GivenRule): CorsRule {
  const { id, allowedHeaders, allowedMethods, allowedOrigins, exposeHeaders } = given;
  return {
    ...(id !== undefined && { ID: id }),
    ...(allowedHeaders !== undefined && { AllowedHeader: [...allowedHeaders] }),
    AllowedMethod: [...allowedMethods],
    AllowedOrigin: [...allowedOrigins],
    ...(exposeHeaders !== undefined && { ExposeHeader: [...exposeHeaders] }),
    ...(given.maxAgeSeconds !== undefined && { MaxAgeSeconds: given.maxAgeSeconds }),
  };
}
