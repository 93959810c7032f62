import { busEventType } from "../../../../aws/s3BusEvents.ts";
import { account } from "../../../arn.ts";
import type { NewEvent } from "../../events/interface.ts";
import type { Change } from "./change.ts";
import { isOfDetails, sequencerOf } from "./message.ts";

/**
 * The event of a change for EventBridge, whose keys are not encoded.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function busEvent(change: Change): NewEvent {
  const { bucket, key, changed, versionId, sequence, requester } = change;
  const { detailType, reason, deletion } = busEventType(change.eventName);
  return {
    source: "aws.s3",
    detailType,
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
      ...(reason !== undefined && { reason }),
      ...(deletion !== undefined && { "deletion-type": deletion }),
    },
  };
}
