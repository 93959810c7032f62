import { encodeObjectKey } from "../../../../aws/objectKeys.ts";
import type { Requester } from "../requester.ts";
import type { Change } from "./change.ts";

/** The subject that SNS gets with every message of S3's. */
export const subject = "Amazon S3 Notification";

type Origin = { readonly time: number; readonly region: string; readonly ruleId: string };

/**
 * The message for one change: its fields and their order are as recorded from AWS.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function eventMessage(change: Change, { time, region, ruleId }: Origin): string {
  const { bucket, changed, requester } = change;
  const ofDetails = isOfDetails(change);
  const record = {
    eventVersion: ofDetails ? "2.3" : "2.1",
    eventSource: "aws:s3",
    awsRegion: region,
    eventTime: new Date(time).toISOString(),
    eventName: change.eventName,
    userIdentity: { principalId: `AWS:${requester.callerArn.split(/[:/]/).at(-1)}` },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: {
      "x-amz-request-id": requester.requestId,
      "x-amz-id-2": requester.hostId,
    },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: ruleId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: "A0000000000000" },
        arn: bucket.arn,
      },
      object: {
        key: encodeObjectKey(change.key),
        size: changed?.size,
        eTag: changed?.etag,
        versionId: change.versionId,
        sequencer: ofDetails ? undefined : sequencerOf(change.sequence),
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** Whether only tags or the access control list changed, which S3 does not put in sequence. */
export function isOfDetails({ eventName }: Change): boolean {
  return /^Object(?:Tagging|Acl):/.test(eventName);
}

/** What S3 sends to a topic when a bucket is told to notify it: a message without records. */
export function testMessage(bucket: string, requester: Requester, time: number): string {
  return JSON.stringify({
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date(time).toISOString(),
    Bucket: bucket,
    RequestId: requester.requestId,
    HostId: requester.hostId,
  });
}

/** Hexadecimal of one length, so that the order of texts is the order of changes. */
export function sequencerOf(sequence: number): string {
  return sequence.toString(16).toUpperCase().padStart(18, "0");
}
