import { account } from "../../../arn.ts";
import type { NewEvent } from "../../events/interface.ts";
import type { Change, EventName } from "./change.ts";
import { isOfDetails, sequencerOf } from "./message.ts";

/** The type of an event, and what caused it, as EventBridge has them. */
const kinds: Readonly<Record<EventName, { readonly type: string; readonly cause: object }>> = {
  "ObjectCreated:Put": { type: "Object Created", cause: { reason: "PutObject" } },
  "ObjectCreated:Post": { type: "Object Created", cause: { reason: "PostObject" } },
  "ObjectCreated:Copy": { type: "Object Created", cause: { reason: "CopyObject" } },
  "ObjectCreated:CompleteMultipartUpload": {
    type: "Object Created",
    cause: { reason: "CompleteMultipartUpload" },
  },
  "ObjectAcl:Put": { type: "Object ACL Updated", cause: {} },
  "ObjectTagging:Put": { type: "Object Tags Added", cause: {} },
  "ObjectTagging:Delete": { type: "Object Tags Deleted", cause: {} },
  "ObjectRemoved:Delete": {
    type: "Object Deleted",
    cause: { reason: "DeleteObject", "deletion-type": "Permanently Deleted" },
  },
  "ObjectRemoved:DeleteMarkerCreated": {
    type: "Object Deleted",
    cause: { reason: "DeleteObject", "deletion-type": "Delete Marker Created" },
  },
};

/**
 * The event of a change for EventBridge, whose keys are not encoded.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function busEvent(change: Change): NewEvent {
  const { bucket, key, changed, versionId, sequence, requester } = change;
  const { type, cause } = kinds[change.eventName];
  return {
    source: "aws.s3",
    detailType: type,
    resources: [bucket.arn],
    detail: {
      version: "0",
      bucket: { name: bucket.name },
      object: {
        key,
        ...(changed !== undefined && { size: changed.size, etag: changed.etag }),
        ...(versionId !== undefined && { "version-id": versionId }),
        ...(!isOfDetails(change) && { sequencer: sequencerOf(sequence) }),
      },
      "request-id": requester.requestId,
      requester: account,
      "source-ip-address": "127.0.0.1",
      ...cause,
    },
  };
}
