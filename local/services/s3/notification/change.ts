import type { Bucket } from "../bucket.ts";
import type { Requester } from "../requester.ts";

export type EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectAcl:Put"
  | "ObjectTagging:Put"
  | "ObjectTagging:Delete"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated";

/** What happened to an object. */
export type Change = {
  readonly bucket: Bucket;
  readonly eventName: EventName;
  readonly key: string;
  /** Only of an object that exists; the size only of one that was created. */
  readonly changed?: { readonly size?: number; readonly etag: string };
  /** Only in a bucket that keeps versions. */
  readonly versionId?: string;
  /** Grows with every change. */
  readonly sequence: number;
  readonly requester: Requester;
};
