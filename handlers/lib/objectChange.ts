import * as v from "valibot";
import type { Message } from "./message.ts";
import { parseJson } from "./parseJson.ts";
import { PermanentError } from "./permanentError.ts";
import { type Outcome, skipped } from "./recordHandler.ts";

/** A change of an object in a bucket, from S3's event notification. */
export type ObjectChange = {
  /** `other` is an event that neither creates nor removes an object: tags, restores, access lists. */
  readonly kind: "created" | "removed" | "other";
  /** S3's name of the event, without the prefix `s3:`. For example `ObjectCreated:Put`. */
  readonly eventName: string;
  /** When S3 finished the request, in ISO 8601, UTC. */
  readonly time: string;
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  /** Bytes. Absent on removals. */
  readonly size?: number | undefined;
  /** Without quotation marks. Absent on removals. */
  readonly etag?: string | undefined;
  readonly versionId?: string | undefined;
  /** Orders the creations and removals of one key. Compare `sortableSequencer` of it. */
  readonly sequencer?: string | undefined;
  /** Id of the request that made the change, as in S3's access log. */
  readonly requestId?: string | undefined;
  /** S3's id of the user or role that made the change, and the address the request came from. */
  readonly principalId?: string | undefined;
  readonly sourceIp?: string | undefined;
};

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
      size: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
      eTag: v.optional(v.string()),
      versionId: v.optional(v.string()),
      sequencer: v.optional(v.pipe(v.string(), v.hexadecimal())),
    }),
  }),
});

/** S3 tests a destination by a message without records: `s3:TestEvent`. */
const s3Notification = v.object({ Records: v.optional(v.array(s3Record), []) });

/** The changes in a message; none for `s3:TestEvent`. */
export function readObjectChanges(body: string): ObjectChange[] {
  return parseJson(s3Notification, body, "S3 event notification").Records.map(toChange);
}

/** Handles the changes of a message one after another, and adds the object to each outcome. */
export async function forEachObjectChange(
  message: Message,
  handle: (change: ObjectChange) => Promise<Outcome>,
): Promise<Outcome[]> {
  const changes = readObjectChanges(message.body);
  if (changes.length === 0) return [skipped("ignored", { reason: "names no object" })];
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const { eventName, bucket, key, requestId } = change;
    try {
      outcomes.push({ ...(await handle(change)), eventName, bucket, key, requestId });
    } catch (error) {
      throw new Error(`${eventName} of "${key}" in bucket ${bucket} could not be handled`, {
        cause: error,
      });
    }
  }
  return outcomes;
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

/** S3 encodes keys in its events as forms are encoded: a space is a plus sign, a plus sign is `%2B`. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch (error) {
    throw new PermanentError(`not a valid S3 key: "${encoded}" is not form-encoded`, {
      cause: error,
    });
  }
}

/**
 * Converts S3's sequencer to a string that sorts in the order in which the key was written.
 *
 * S3's documentation pads the shorter of two sequencers with zeros on the right before comparing. Dropping
 * trailing zeros is equivalent and needs no maximum length.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function sortableSequencer(sequencer: string): string {
  return sequencer.toUpperCase().replace(/0+$/, "");
}
