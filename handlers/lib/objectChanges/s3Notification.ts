import * as v from "valibot";
import { parse } from "../parseJson.ts";
import { PermanentError } from "../permanentError.ts";
import type { ObjectChange } from "./objectChange.ts";
import { objectSize, sequencer } from "./objectSchema.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const s3Record = v.object({
  eventSource: v.literal("aws:s3"),
  eventName: v.string(),
  eventTime: v.pipe(v.string(), v.isoTimestamp()),
  userIdentity: v.optional(v.object({ principalId: v.optional(v.string()) })),
  requestParameters: v.optional(v.object({ sourceIPAddress: v.optional(v.string()) })),
  responseElements: v.optional(v.object({ "x-amz-request-id": v.optional(v.string()) })),
  s3: v.object({
    bucket: v.object({ name: v.pipe(v.string(), v.nonEmpty()) }),
    object: v.object({
      key: v.pipe(v.string(), v.nonEmpty()),
      size: v.optional(objectSize),
      eTag: v.optional(v.string()),
      versionId: v.optional(v.string()),
      sequencer: v.optional(sequencer),
    }),
  }),
});

/** S3 tests a destination by a message without records: `s3:TestEvent`. */
const s3Notification = v.object({ Records: v.optional(v.array(s3Record), []) });

/** The changes in an event notification; none for `s3:TestEvent`. */
export function changesOfNotification(value: unknown): ObjectChange[] {
  return parse(s3Notification, value, "S3 event notification").Records.map(toChange);
}

function toChange(record: v.InferOutput<typeof s3Record>): ObjectChange {
  const { bucket, object } = record.s3;
  const eventName = record.eventName.replace(/^s3:/, "");
  return {
    kind: kindOf(eventName),
    eventName,
    time: record.eventTime,
    bucket: bucket.name,
    key: decodeKey(object.key),
    size: object.size,
    etag: object.eTag,
    versionId: object.versionId,
    sequencer: object.sequencer,
    requestId: record.responseElements?.["x-amz-request-id"],
    principalId: record.userIdentity?.principalId,
    sourceIp: record.requestParameters?.sourceIPAddress,
  };
}

/** A lifecycle rule also removes objects, under event names of its own. */
function kindOf(eventName: string): ObjectChange["kind"] {
  if (eventName.startsWith("ObjectCreated:")) return "created";
  if (eventName.startsWith("ObjectRemoved:")) return "removed";
  return eventName.startsWith("LifecycleExpiration:") ? "removed" : "other";
}

/** S3 encodes keys in its notifications as forms are encoded: a space is a plus sign, a plus sign is `%2B`. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch (error) {
    throw new PermanentError(`not a valid S3 key: "${encoded}" is not form-encoded`, {
      cause: error,
    });
  }
}
