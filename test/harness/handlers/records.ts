import { randomUUID } from "node:crypto";
import type { SNSEvent, SQSEvent, SQSRecord } from "aws-lambda";

/** Records as Lambda hands them to a function. What a test does not care about has a likely value. */

export type QueueRecord = {
  readonly body: string;
  readonly messageId?: string;
  /** Makes it a FIFO queue's record. */
  readonly groupId?: string;
  readonly receiveCount?: number;
  readonly receiptHandle?: string;
  readonly messageAttributes?: SQSRecord["messageAttributes"];
};

export function queueRecord(record: QueueRecord): SQSRecord {
  const fifo = { SequenceNumber: "18870000000000000000", MessageDeduplicationId: randomUUID() };
  const { groupId: MessageGroupId, receiveCount = 1 } = record;
  return {
    messageId: record.messageId ?? randomUUID(),
    receiptHandle: record.receiptHandle ?? "handle",
    body: record.body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: "1767225600000",
      SenderId: "AIDAEXAMPLE",
      ApproximateFirstReceiveTimestamp: "1767225600001",
      ...(MessageGroupId === undefined ? {} : { MessageGroupId, ...fifo }),
    },
    messageAttributes: record.messageAttributes ?? {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: `arn:aws:sqs:eu-west-1:000000000000:queue${MessageGroupId ? ".fifo" : ""}`,
    awsRegion: "eu-west-1",
  };
}

export function queueEvent(...records: readonly QueueRecord[]): SQSEvent {
  return { Records: records.map(queueRecord) };
}

export type Notification = {
  readonly message: string;
  readonly messageId?: string;
  readonly subject?: string;
  readonly timestamp?: string;
  readonly attributes?: Readonly<Record<string, { Type: string; Value: string }>>;
};

const topicArn = "arn:aws:sns:eu-west-1:000000000000:topic";

/** The body of a queue's record when the subscription does not deliver raw. */
export function envelope({ messageId, subject, attributes, ...rest }: Notification): string {
  const { message, timestamp = "2026-01-01T00:00:00.000Z" } = rest;
  return JSON.stringify({
    Type: "Notification",
    MessageId: messageId ?? randomUUID(),
    TopicArn: topicArn,
    Subject: subject,
    Message: message,
    Timestamp: timestamp,
    SignatureVersion: "1",
    Signature: "EXAMPLE",
    SigningCertURL: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem",
    UnsubscribeURL: "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
    MessageAttributes: attributes,
  });
}

/** What SNS invokes a function with directly. */
export function notificationEvent(notification: Notification): SNSEvent {
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: `${topicArn}:subscription`,
        Sns: {
          Type: "Notification",
          MessageId: notification.messageId ?? randomUUID(),
          TopicArn: topicArn,
          Subject: notification.subject ?? "",
          Message: notification.message,
          Timestamp: notification.timestamp ?? "2026-01-01T00:00:00.000Z",
          SignatureVersion: "1",
          Signature: "EXAMPLE",
          SigningCertUrl: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem",
          UnsubscribeUrl: "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
          MessageAttributes: notification.attributes ?? {},
        },
      },
    ],
  };
}

export type Change = {
  readonly key: string;
  readonly eventName?: string;
  readonly bucket?: string;
  readonly time?: string;
  readonly size?: number;
  readonly etag?: string;
  readonly versionId?: string;
  /** `null` leaves it out. */
  readonly sequencer?: string | null;
};

/** S3's event notification about objects; `key` is as the uploader wrote it. */
export function s3Notification(...changes: readonly Change[]): string {
  return JSON.stringify({ Records: changes.map(s3Record) });
}

/** What S3 sends when a notification is set up. */
export const s3TestEvent = JSON.stringify({
  Service: "Amazon S3",
  Event: "s3:TestEvent",
  Time: "2026-01-01T00:00:00.000Z",
  Bucket: "uploads",
  RequestId: "REQUEST",
  HostId: "HOST",
});

function s3Record({ bucket = "uploads", eventName = "ObjectCreated:Put", ...change }: Change) {
  const { size, etag: eTag, versionId, sequencer = "0055AED6DCD90281E5" } = change;
  const key = encodeURIComponent(change.key).replaceAll("%20", "+").replaceAll("%2F", "/");
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: "eu-west-1",
    eventTime: change.time ?? "2026-01-31T10:30:00.123Z",
    eventName,
    userIdentity: { principalId: "AWS:AIDAEXAMPLE" },
    requestParameters: { sourceIPAddress: "203.0.113.7" },
    responseElements: { "x-amz-request-id": "C3D13FE58DE4C810", "x-amz-id-2": "HOST" },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId: "uploads",
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: "A3EXAMPLE" },
        arn: `arn:aws:s3:::${bucket}`,
      },
      object: { key, size, eTag, versionId, sequencer: sequencer ?? undefined },
    },
  };
}
