import type { Call, Reply } from "../../protocol/call.ts";
import type { WebReply, WebRequest } from "../../protocol/webMessage.ts";

export type NewObject = {
  readonly bucketArn: string;
  readonly key: string;
  readonly bytes: Buffer;
  readonly contentType: string;
};

/** What Firehose needs of S3. */
export type ObjectWriter = {
  /**
   * Stores an object. The writer has been authorized.
   *
   * @param callerArn names the writer in the trace and in notifications
   * @throws AwsError when the bucket does not exist
   */
  writeObject(object: NewObject, callerArn: string): void;
};

/** What CloudFront needs of the websites of buckets. */
export type WebsiteOrigin = {
  /** The bucket whose website has that domain. */
  bucketAt(domainName: string): string | undefined;
  answer(bucket: string, request: WebRequest): Promise<WebReply>;
};

/** What CloudFront needs of S3: its API, as the service calls it on behalf of a distribution. */
export type ObjectOrigin = {
  hasBucket(name: string): boolean;
  /** @param context condition keys that S3 adds to its authorization, for example `aws:SourceArn` */
  serve(call: Call, context: Readonly<Record<string, string>>): Promise<Reply>;
};
