import { createHash } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { SdkCalls } from "./sdkCalls.ts";

export type StoredBytes = {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly lastModified: Date;
};

/** Buckets in memory, behind the SDK's S3 client: objects and the conditions of a put, no more. */
export class ObjectStore {
  readonly #objects = new Map<string, StoredBytes>();
  /** Run around a look at an object, so that a test can change it at that very moment. */
  beforeGet: () => void = () => undefined;
  afterGet: () => void = () => undefined;
  afterHead: () => void = () => undefined;

  constructor(calls: SdkCalls) {
    calls
      .on(HeadObjectCommand, ({ Bucket, Key }) => {
        const object = this.get(Bucket, Key);
        this.afterHead();
        if (!object)
          throw new NotFound({ message: "NotFound", $metadata: { httpStatusCode: 404 } });
        return describe(object);
      })
      .on(GetObjectCommand, ({ Bucket, Key }) => {
        this.beforeGet();
        const object = this.get(Bucket, Key);
        this.afterGet();
        if (!object) {
          throw new NoSuchKey({ message: "NoSuchKey", $metadata: { httpStatusCode: 404 } });
        }
        return { ...describe(object), Body: streamOf(object.bytes) };
      })
      .on(PutObjectCommand, ({ Bucket, Key, Body, ContentType, IfMatch, IfNoneMatch }) => {
        const existing = this.get(Bucket, Key);
        const allowed =
          (IfNoneMatch === undefined || existing === undefined) &&
          (IfMatch === undefined || (existing !== undefined && etagOf(existing) === IfMatch));
        if (!allowed) throw preconditionFailed();
        if (!Buffer.isBuffer(Body) && typeof Body !== "string") throw new Error("unlikely body");
        this.put(`${Bucket}`, `${Key}`, Body, ContentType);
        return {};
      })
      .on(DeleteObjectCommand, ({ Bucket, Key }) => {
        this.delete(`${Bucket}`, `${Key}`);
        return {};
      });
  }

  put(
    bucket: string,
    key: string,
    body: Buffer | string,
    contentType = "binary/octet-stream",
  ): void {
    this.#objects.set(`${bucket}/${key}`, {
      bytes: Buffer.from(body),
      contentType,
      lastModified: new Date("2026-01-31T10:30:00.000Z"),
    });
  }

  get(bucket: string | undefined, key: string | undefined): StoredBytes | undefined {
    return this.#objects.get(`${bucket}/${key}`);
  }

  delete(bucket: string, key: string): void {
    this.#objects.delete(`${bucket}/${key}`);
  }

  /** Keys of a bucket, sorted. */
  keys(bucket: string): string[] {
    const prefix = `${bucket}/`;
    const names = [...this.#objects.keys()].filter((name) => name.startsWith(prefix));
    return names.map((name) => name.slice(prefix.length)).sort();
  }
}

function describe(object: StoredBytes) {
  return {
    ETag: etagOf(object),
    ContentLength: object.bytes.length,
    ContentType: object.contentType,
    LastModified: object.lastModified,
  };
}

function streamOf(bytes: Buffer) {
  return Object.assign(new Blob([Uint8Array.from(bytes)]), {
    transformToByteArray: async () => new Uint8Array(bytes),
    transformToString: async () => bytes.toString(),
    transformToWebStream: () => new Blob([Uint8Array.from(bytes)]).stream(),
  });
}

function etagOf({ bytes }: StoredBytes): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}

function preconditionFailed(): S3ServiceException {
  return new S3ServiceException({
    name: "PreconditionFailed",
    message: "At least one of the pre-conditions you specified did not hold",
    $fault: "client",
    $metadata: { httpStatusCode: 412 },
  });
}
