import * as v from "valibot";
import { eventOnBus } from "../../../aws/s3BusEvents.ts";
import { parse } from "../parseJson.ts";
import type { ObjectChange } from "./objectChange.ts";
import { objectSize, sequencer } from "./objectSchema.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
const s3BusEvent = v.object({
  source: v.literal("aws.s3"),
  "detail-type": v.string(),
  time: v.pipe(v.string(), v.isoTimestamp()),
  detail: v.object({
    bucket: v.object({ name: v.pipe(v.string(), v.nonEmpty()) }),
    object: v.object({
      key: v.pipe(v.string(), v.nonEmpty()),
      size: v.optional(objectSize),
      etag: v.optional(v.string()),
      "version-id": v.optional(v.string()),
      sequencer: v.optional(sequencer),
    }),
    "request-id": v.optional(v.string()),
    requester: v.optional(v.string()),
    "source-ip-address": v.optional(v.string()),
    reason: v.optional(v.string()),
    "deletion-type": v.optional(v.string()),
  }),
});

/** Every event of EventBridge has a detail type, and no notification of S3 has one. */
export function isBusEvent(value: unknown): boolean {
  return typeof value === "object" && value !== null && "detail-type" in value;
}

/** The change in an event of EventBridge, whose key is not encoded. */
export function changeOfBusEvent(value: unknown): ObjectChange {
  const event = parse(s3BusEvent, value, "S3 event of EventBridge");
  const { time, detail, "detail-type": detailType } = event;
  const { bucket, object, reason, "deletion-type": deletion } = detail;
  return {
    kind: kindOf(detailType),
    eventName: eventOnBus({ detailType, reason, deletion }) ?? detailType,
    time,
    bucket: bucket.name,
    key: object.key,
    size: object.size,
    etag: object.etag,
    versionId: object["version-id"],
    sequencer: object.sequencer,
    requestId: detail["request-id"],
    requester: detail.requester,
    sourceIp: detail["source-ip-address"],
  };
}

function kindOf(detailType: string): ObjectChange["kind"] {
  if (detailType === "Object Created") return "created";
  return detailType === "Object Deleted" ? "removed" : "other";
}
