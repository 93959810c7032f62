import type { Clock } from "../../time/clock.ts";
import type { Bucket } from "./bucket.ts";
import type { BucketDocuments } from "./configuration/bucketDocuments.ts";
import { objectLock } from "./configuration/objectLock.ts";
import type { Contents } from "./contents.ts";
import {
  type Bypass,
  checkRemovable,
  checkRetentionChange,
  type ObjectLock,
  type Retention,
  retentionFrom,
} from "./objectLock.ts";
import type { ObjectTable } from "./objectTable.ts";
import { noSuchKey, noSuchVersion, S3Error } from "./s3Error.ts";
import type { Sequence } from "./schema.ts";
import {
  checkVersionId,
  newVersionId,
  nullVersion,
  type ObjectDetails,
  type StoredObject,
} from "./storedObject.ts";

/** An object whose bytes are in `Contents` already. */
export type NewObject = ObjectDetails & Pick<StoredObject, "key" | "size" | "content">;

type Dependencies = {
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly table: ObjectTable;
  readonly contents: Contents;
  readonly documents: BucketDocuments;
};

/**
 * What a key has, version by version. In a bucket without versions that is one, with the id `null`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html
 */
export class Versions {
  readonly #clock: Clock;
  readonly #sequence: Sequence;
  readonly #table: ObjectTable;
  readonly #contents: Contents;
  readonly #documents: BucketDocuments;

  constructor({ clock, sequence, table, contents, documents }: Dependencies) {
    this.#clock = clock;
    this.#sequence = sequence;
    this.#table = table;
    this.#contents = contents;
    this.#documents = documents;
  }

  /** Adds a version; one with the id `null` replaces the previous one with that id. */
  add(bucket: Bucket, object: NewObject): StoredObject {
    const lock = this.#lockOf(bucket.name, object.lock);
    return this.#add(bucket, { ...object, ...(lock && { lock }), deleteMarker: false });
  }

  /** Puts a delete marker on top. */
  addMarker(bucket: Bucket, key: string): StoredObject {
    const nothing = { size: 0, content: 0, etag: "", headers: {} };
    return this.#add(bucket, { ...nothing, key, deleteMarker: true });
  }

  /** @throws S3Error AccessDenied for a version that is locked */
  checkRemovable({ lock }: StoredObject, bypass: Bypass): void {
    checkRemovable(lock, this.#clock.now(), bypass);
  }

  /** @throws S3Error AccessDenied */
  setRetention(version: StoredObject, retention: Retention | undefined, bypass: Bypass): void {
    const { lock } = version;
    checkRetentionChange(lock?.retention, retention, this.#clock.now(), bypass);
    this.#table.update({ ...version, lock: { ...lock, retention } });
  }

  /** Removes a version for good, with its bytes. */
  remove(version: StoredObject): void {
    this.#table.delete(version);
    this.#contents.delete(version.content);
  }

  /** The object that a key has now. */
  current(bucket: string, key: string): StoredObject | undefined {
    const latest = this.#table.latest(bucket, key);
    return latest?.deleteMarker ? undefined : latest;
  }

  /** @throws S3Error NoSuchKey */
  getCurrent(bucket: string, key: string): StoredObject {
    const latest = this.#table.latest(bucket, key);
    if (latest === undefined) throw noSuchKey(key);
    if (latest.deleteMarker) throw noSuchKey(key, markerHeaders(latest));
    return latest;
  }

  /**
   * A version, which may be a delete marker.
   * @throws S3Error InvalidArgument for a text that is no version's id
   */
  find(bucket: string, key: string, versionId: string): StoredObject | undefined {
    const version = this.#table.version(bucket, key, versionId);
    if (version === undefined) checkVersionId(versionId);
    return version;
  }

  /** @throws S3Error InvalidArgument, NoSuchVersion, MethodNotAllowed for a delete marker */
  get(bucket: string, key: string, versionId: string): StoredObject {
    const version = this.find(bucket, key, versionId);
    if (version === undefined) {
      throw noSuchVersion(key, versionId);
    }
    if (version.deleteMarker) throw notAllowedOnMarker(version);
    return version;
  }

  /** The object's own lock, with the bucket's retention where it has none. */
  #lockOf(bucket: string, own: ObjectLock | undefined): ObjectLock | undefined {
    const standard = this.#documents.find(bucket, objectLock)?.Rule?.DefaultRetention;
    if (standard === undefined || own?.retention !== undefined) return own;
    return { ...own, retention: retentionFrom(standard, this.#clock.now()) };
  }

  #add(bucket: Bucket, object: NewObject & { readonly deleteMarker: boolean }): StoredObject {
    const sequence = this.#sequence.next();
    const versionId = newVersionId(bucket.versioning, sequence);
    if (versionId === nullVersion) {
      const previous = this.#table.version(bucket.name, object.key, nullVersion);
      if (previous !== undefined) this.remove(previous);
    }
    const modified = Math.floor(this.#clock.now() / 1000) * 1000;
    const version = { ...object, bucket: bucket.name, versionId, modified, sequence };
    this.#table.insert(version);
    return version;
  }
}

function notAllowedOnMarker(marker: StoredObject): S3Error {
  return new S3Error(
    "MethodNotAllowed",
    "The specified method is not allowed against this resource.",
    {
      status: 405,
      details: { Method: "GET", ResourceType: "DeleteMarker" },
      headers: { ...markerHeaders(marker), allow: "DELETE" },
    },
  );
}

function markerHeaders(marker: StoredObject): Readonly<Record<string, string>> {
  return { "x-amz-delete-marker": "true", "x-amz-version-id": marker.versionId };
}
