import { randomUUID } from "node:crypto";
import * as v from "valibot";
import { invalidArgument, invalidRequest, malformedXml } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import {
  any,
  choice,
  element,
  flag,
  number,
  one,
  optional,
  several,
  status,
  tag,
  text,
} from "./documentSchema.ts";

const storageClass = choice(
  "GLACIER",
  "STANDARD_IA",
  "ONEZONE_IA",
  "INTELLIGENT_TIERING",
  "DEEP_ARCHIVE",
  "GLACIER_IR",
);

/** What an object must have for a rule: each of its members is a condition. */
const conditions = {
  Prefix: optional(text),
  ObjectSizeGreaterThan: optional(number()),
  ObjectSizeLessThan: optional(number(1)),
};

const and = element({ ...conditions, Tag: any(tag) });

const filter = element({ ...conditions, Tag: optional(tag), And: optional(and) });

const expiration = element({
  Date: optional(text),
  Days: optional(number(1)),
  ExpiredObjectDeleteMarker: optional(flag),
});

const rule = element({
  ID: v.optional(one(v.pipe(text, v.maxLength(255))), () => [randomUUID()]),
  Prefix: optional(text),
  Filter: optional(filter),
  Status: one(status),
  Expiration: optional(expiration),
  Transition: any(
    element({ Date: optional(text), Days: optional(number()), StorageClass: one(storageClass) }),
  ),
  NoncurrentVersionExpiration: optional(
    element({ NoncurrentDays: one(number(1)), NewerNoncurrentVersions: optional(number(1)) }),
  ),
  NoncurrentVersionTransition: any(
    element({
      NoncurrentDays: one(number()),
      NewerNoncurrentVersions: optional(number(1)),
      StorageClass: one(storageClass),
    }),
  ),
  AbortIncompleteMultipartUpload: optional(element({ DaysAfterInitiation: one(number(1)) })),
});

type Rule = v.InferOutput<typeof rule>;

const schema = element({ Rule: several(rule) });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export const lifecycle: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "lifecycle",
  name: "BucketLifecycleConfiguration",
  action: "LifecycleConfiguration",
  root: "LifecycleConfiguration",
  schema,
  missing: {
    code: "NoSuchLifecycleConfiguration",
    message: "The lifecycle configuration does not exist",
  },
  header: {
    parameter: "lifecycle-minimum-size",
    name: "x-amz-transition-default-minimum-object-size",
    standard: "all_storage_classes_128K",
    check: (value) => {
      if (/^(?:varies_by_storage_class|all_storage_classes_128K)$/.test(value)) return;
      throw invalidRequest(`Invalid TransitionDefaultMinimumObjectSize found: ${value}`);
    },
  },
  check: ({ Rule: rules }) => {
    for (const each of rules) checkRule(each);
    const ids = rules.flatMap(({ ID }) => ID ?? []);
    const twice = ids.find((id, index) => ids.indexOf(id) !== index);
    if (twice === undefined) return;
    const message = "Rule ID must be unique. Found same ID for more than one rule";
    throw invalidArgument(message, "ID", twice);
  },
};

function checkRule({ Prefix, Filter, Expiration, ...actions }: Rule): void {
  if ((Prefix === undefined) === (Filter === undefined)) throw malformedXml();
  if (Filter !== undefined) checkFilter(Filter);
  if (Expiration !== undefined) checkExpiration(Expiration);
  const { Transition = [], NoncurrentVersionExpiration, NoncurrentVersionTransition } = actions;
  const others = [
    ...Transition,
    NoncurrentVersionExpiration,
    ...(NoncurrentVersionTransition ?? []),
    actions.AbortIncompleteMultipartUpload,
  ];
  if (Expiration === undefined && others.every((action) => action === undefined)) {
    throw invalidRequest("At least one action needs to be specified in a rule");
  }
  for (const { Date: date, Days } of Transition) {
    if ((date === undefined) === (Days === undefined)) throw malformedXml();
    requireMidnight(date);
  }
}

function checkFilter(given: v.InferOutput<typeof filter>): void {
  if (Object.keys(given).length > 1) throw malformedXml();
  const keys = given.And?.Tag?.map(({ Key }) => Key) ?? [];
  if (new Set(keys).size < keys.length) throw invalidRequest("Duplicate Tag Keys are not allowed.");
}

function checkExpiration(given: v.InferOutput<typeof expiration>): void {
  if (Object.keys(given).length !== 1) throw malformedXml();
  requireMidnight(given.Date);
}

function requireMidnight(date: string | undefined): void {
  if (date === undefined || Date.parse(date) % 86_400_000 === 0) return;
  throw invalidArgument("'Date' must be at midnight GMT", "Date", date);
}
