import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../clock.ts";
import { transaction } from "../store.ts";
import type { Bucket } from "./bucket.ts";
import type { BucketTable } from "./bucketTable.ts";
import type { Checksum } from "./checksum.ts";
import type { Contents } from "./contents.ts";
import { type ListingPage, type ListingRequest, listPage } from "./listing.ts";
import type { EventName, Requester } from "./notification/change.ts";
import type { Notifier } from "./notification/notifier.ts";
import { checkKey } from "./objectKey.ts";
import type { ObjectTable } from "./objectTable.ts";
import { type Conditions, checkDelete, checkWrite } from "./preconditions.ts";
import { noSuchBucket, noSuchKey, S3Error } from "./s3Error.ts";
import type { Sequence } from "./sequence.ts";
import type { ObjectDetails, StoredObject } from "./storedObject.ts";
import { checkVersionId, newVersionId, nullVersion } from "./versionId.ts";

type Dependencies = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly buckets: BucketTable;
  readonly table: ObjectTable;
  readonly contents: Contents;
  readonly notifier: Notifier;
};

export type PutRequest = {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Buffer;
  /** What readers get back: `content-type`, `x-amz-meta-...`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Already compared with the bytes. */
  readonly checksum?: Checksum | undefined;
  /** @default written in any case */
  readonly conditions?: Conditions;
};

/** An object whose bytes are in `Contents` already. */
export type NewObject = ObjectDetails & Pick<StoredObject, "bucket" | "key" | "size" | "content">;

export type DeleteRequest = {
  readonly bucket: string;
  readonly key: string;
  /** That version or delete marker is removed for good. @default the object, as the bucket's versioning has it */
  readonly versionId?: string | undefined;
  /** An ETag, or `*`. @default deleted in any case */
  readonly ifMatch?: string | undefined;
};

export type Deletion = {
  /** Of what was removed by its version, or of the delete marker that was made. */
  readonly versionId?: string;
  /** Whether a delete marker was removed or made. */
  readonly deleteMarker: boolean;
};

/** The objects of all buckets. Every change is told to the bucket's topics, in one transaction with it. */
export class Objects {
  readonly #store: DatabaseSync;
  readonly #clock: Clock;
  readonly #sequence: Sequence;
  readonly #buckets: BucketTable;
  readonly #table: ObjectTable;
  readonly #contents: Contents;
  readonly #notifier: Notifier;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#clock = dependencies.clock;
    this.#sequence = dependencies.sequence;
    this.#buckets = dependencies.buckets;
    this.#table = dependencies.table;
    this.#contents = dependencies.contents;
    this.#notifier = dependencies.notifier;
  }

  /** @throws S3Error NoSuchBucket, PreconditionFailed */
  put(
    request: PutRequest,
    requester: Requester,
    eventName: EventName = "ObjectCreated:Put",
  ): StoredObject {
    const { bucket, key, bytes, headers, checksum, conditions = {} } = request;
    return transaction(this.#store, () => {
      this.checkWrite(bucket, key, conditions);
      const content = this.#contents.create();
      this.#contents.setPiece(content, 1, bytes);
      const etag = createHash("md5").update(bytes).digest("hex");
      const object = { bucket, key, size: bytes.length, content, etag, headers };
      return this.add({ ...object, ...(checksum && { checksum }) }, eventName, requester);
    });
  }

  /** Makes an object of bytes that are stored already, as the newest version of its key. */
  add(object: NewObject, eventName: EventName, requester: Requester): StoredObject {
    const bucket = this.#bucket(object.bucket);
    const { key, size, etag } = object;
    const stored = this.#addVersion(bucket, { ...object, deleteMarker: false });
    const version = bucket.versioning === "Enabled" ? { versionId: stored.versionId } : {};
    const { sequence } = stored;
    const created = { size, etag };
    this.#notifier.notify({ bucket, eventName, key, created, ...version, sequence, requester });
    return stored;
  }

  /**
   * The object that a key has now, or the given version of it.
   * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
   */
  find(bucket: string, key: string, versionId?: string): StoredObject {
    this.#bucket(bucket);
    if (versionId !== undefined) return this.#getVersion(bucket, key, versionId);
    const latest = this.#table.latest(bucket, key);
    if (latest === undefined) throw noSuchKey(key);
    if (latest.deleteMarker) throw noSuchKey(key, markerHeaders(latest));
    return latest;
  }

  /** A version, which may be a delete marker. */
  findVersion(bucket: string, key: string, versionId: string): StoredObject | undefined {
    return this.#table.version(bucket, key, versionId);
  }

  /** The bytes from `start` to before `end`. @default all */
  read(object: StoredObject, start?: number, end?: number): Buffer {
    return this.#contents.read(object.content, start, end);
  }

  /** @throws S3Error NoSuchBucket, PreconditionFailed, NoSuchKey */
  delete(request: DeleteRequest, requester: Requester): Deletion {
    const bucket = this.#bucket(request.bucket);
    return transaction(this.#store, () => {
      checkDelete(request.ifMatch, request.key, this.#current(bucket.name, request.key));
      return request.versionId === undefined
        ? this.#deleteObject(bucket, request.key, requester)
        : this.#deleteVersion(bucket, request.key, request.versionId, requester);
    });
  }

  /** @throws S3Error NoSuchBucket */
  list(request: ListingRequest): ListingPage {
    this.#bucket(request.bucket);
    return listPage(this.#table, request);
  }

  /** @throws S3Error NoSuchBucket, KeyTooLongError, PreconditionFailed, NoSuchKey */
  checkWrite(bucket: string, key: string, conditions: Conditions): void {
    this.#bucket(bucket);
    checkKey(key);
    checkWrite(conditions, key, this.#current(bucket, key));
  }

  #deleteObject(bucket: Bucket, key: string, requester: Requester): Deletion {
    if (bucket.versioning === "Disabled") {
      const object = this.#table.latest(bucket.name, key);
      if (object !== undefined) this.#remove(bucket, object, requester);
      return { deleteMarker: false };
    }
    const empty = { size: 0, content: 0, etag: "", headers: {} };
    const object = { bucket: bucket.name, key, ...empty, deleteMarker: true };
    const { versionId, sequence } = this.#addVersion(bucket, object);
    const eventName = "ObjectRemoved:DeleteMarkerCreated";
    this.#notifier.notify({ bucket, eventName, key, versionId, sequence, requester });
    return { versionId, deleteMarker: true };
  }

  #deleteVersion(bucket: Bucket, key: string, versionId: string, requester: Requester): Deletion {
    checkVersionId(versionId);
    const object = this.#table.version(bucket.name, key, versionId);
    if (object === undefined) return { versionId, deleteMarker: false };
    this.#remove(bucket, object, requester);
    return { versionId, deleteMarker: object.deleteMarker };
  }

  #remove(bucket: Bucket, object: StoredObject, requester: Requester): void {
    const { key, versionId } = object;
    this.#forget(object);
    const version = bucket.versioning === "Disabled" ? {} : { versionId };
    const sequence = this.#sequence.next();
    const eventName = "ObjectRemoved:Delete";
    this.#notifier.notify({ bucket, eventName, key, ...version, sequence, requester });
  }

  /** Puts a version on top; what has the id `null` is replaced by the next that gets it. */
  #addVersion(bucket: Bucket, object: NewObject & { deleteMarker: boolean }): StoredObject {
    const sequence = this.#sequence.next();
    const versionId = newVersionId(bucket.versioning, sequence);
    if (versionId === nullVersion) {
      const previous = this.#table.version(bucket.name, object.key, nullVersion);
      if (previous !== undefined) this.#forget(previous);
    }
    const modified = Math.floor(this.#clock.now() / 1000) * 1000;
    const stored = { ...object, versionId, modified, sequence };
    this.#table.insert(stored);
    return stored;
  }

  #forget(object: StoredObject): void {
    this.#table.delete(object);
    this.#contents.delete(object.content);
  }

  #getVersion(bucket: string, key: string, versionId: string): StoredObject {
    checkVersionId(versionId);
    const object = this.#table.version(bucket, key, versionId);
    if (object === undefined) {
      throw new S3Error("NoSuchVersion", "The specified version does not exist.", {
        status: 404,
        details: { Key: key, VersionId: versionId },
      });
    }
    if (!object.deleteMarker) return object;
    throw new S3Error(
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
      {
        status: 405,
        details: { ResourceType: "DeleteMarker" },
        headers: { ...markerHeaders(object), allow: "DELETE" },
      },
    );
  }

  #current(bucket: string, key: string): StoredObject | undefined {
    const latest = this.#table.latest(bucket, key);
    return latest?.deleteMarker ? undefined : latest;
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.find(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }
}

function markerHeaders(marker: StoredObject): Readonly<Record<string, string>> {
  return { "x-amz-delete-marker": "true", "x-amz-version-id": marker.versionId };
}
