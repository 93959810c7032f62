import type { Bucket } from "../bucket.ts";

/** Who asked S3 for something, and the ids that the reply carries. */
export type Requester = {
  /** ARN of the caller. */
  readonly callerArn: string;
  readonly requestId: string;
  readonly hostId: string;
  /** What the hops of the trace are gathered under. @default the request's id */
  readonly event?: string;
};

export type EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated";

/** What happened to an object. */
export type Change = {
  readonly bucket: Bucket;
  readonly eventName: EventName;
  readonly key: string;
  /** Only of an object that was created. */
  readonly created?: { readonly size: number; readonly etag: string };
  /** Only in a bucket that keeps versions. */
  readonly versionId?: string;
  /** Grows with every change. */
  readonly sequence: number;
  readonly requester: Requester;
};
