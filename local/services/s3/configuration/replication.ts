import type * as v from "valibot";
import { arnParts } from "../../../../aws/arn.ts";
import { invalidRequest } from "../s3Error.ts";
import type { BucketConfiguration } from "./bucketConfiguration.ts";
import {
  any,
  element,
  number,
  one,
  optional,
  several,
  status,
  tag,
  text,
} from "./documentSchema.ts";

const onOrOff = element({ Status: one(status) });
const minutes = element({ Minutes: one(number()) });

const destination = element({
  Account: optional(text),
  Bucket: one(text),
  StorageClass: optional(text),
  AccessControlTranslation: optional(element({ Owner: one(text) })),
  EncryptionConfiguration: optional(element({ ReplicaKmsKeyID: optional(text) })),
  Metrics: optional(element({ Status: one(status), EventThreshold: optional(minutes) })),
  ReplicationTime: optional(element({ Status: one(status), Time: one(minutes) })),
});

const filter = element({
  Prefix: optional(text),
  Tag: optional(tag),
  And: optional(element({ Prefix: optional(text), Tag: any(tag) })),
});

const rule = element({
  ID: optional(text),
  Priority: optional(number()),
  Prefix: optional(text),
  Filter: optional(filter),
  Status: one(status),
  SourceSelectionCriteria: optional(
    element({
      SseKmsEncryptedObjects: optional(onOrOff),
      ReplicaModifications: optional(onOrOff),
    }),
  ),
  ExistingObjectReplication: optional(onOrOff),
  DeleteMarkerReplication: optional(element({ Status: optional(status) })),
  Destination: one(destination),
});

const schema = element({ Role: one(text), Rule: several(rule) });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const replication: BucketConfiguration<v.InferOutput<typeof schema>> = {
  parameter: "replication",
  name: "BucketReplication",
  action: "ReplicationConfiguration",
  root: "ReplicationConfiguration",
  schema,
  missing: {
    code: "ReplicationConfigurationNotFoundError",
    message: "The replication configuration was not found",
  },
  check: ({ Rule: rules }, { bucket, find }) => {
    if (bucket.versioning !== "Enabled") {
      throw invalidRequest(
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
      );
    }
    for (const { Destination } of rules) {
      const target = find(arnParts(Destination.Bucket).resource);
      if (target?.versioning !== "Enabled") {
        throw invalidRequest("Destination bucket must have versioning enabled.");
      }
    }
  },
};
