import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { transaction } from "../../storage/store.ts";
import { type AccessList, privateList } from "./accessLists/accessList.ts";
import type { Bucket } from "./bucket.ts";
import type { BucketTable } from "./bucketTable.ts";
import { type Checksum, defaultChecksum } from "./checksum.ts";
import type { Contents } from "./contents.ts";
import { type ListingPage, type ListingRequest, listPage } from "./listing.ts";
import type { EventName } from "./notification/change.ts";
import type { Notifier } from "./notification/notifier.ts";
import type { Bypass, ObjectLock, Retention } from "./objectLock.ts";
import type { ObjectTable } from "./objectTable.ts";
import { type Conditions, checkDelete, checkNoConflict, checkWrite } from "./preconditions.ts";
import type { Requester } from "./requester.ts";
import { noSuchBucket } from "./s3Error.ts";
import type { Sequence } from "./schema.ts";
import { checkKey, nullVersion, type StoredObject } from "./storedObject.ts";
import type { Tag } from "./tagging/tag.ts";
import type { Upload, UploadTable } from "./uploadTable.ts";
import type { NewObject, Versions } from "./versions.ts";

type Dependencies = {
  readonly store: DatabaseSync;
  readonly sequence: Sequence;
  readonly buckets: BucketTable;
  readonly table: ObjectTable;
  readonly versions: Versions;
  readonly contents: Contents;
  readonly uploads: UploadTable;
  readonly notifier: Notifier;
};

export type PutRequest = {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: Buffer;
  /** What readers get back: `content-type`, `x-amz-meta-...`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Already compared with the bytes. @default CRC64NVME of all bytes */
  readonly checksum?: Checksum | undefined;
  /** @default none */
  readonly tags?: readonly Tag[];
  readonly acl?: AccessList | undefined;
  readonly lock?: ObjectLock | undefined;
  /** @default written in any case */
  readonly conditions?: Conditions;
};

export type DeleteRequest = {
  readonly bucket: string;
  readonly key: string;
  /** That version or delete marker is removed for good. @default the object, as the bucket's versioning has it */
  readonly versionId?: string | undefined;
  /** An ETag, or `*`. @default deleted in any case */
  readonly ifMatch?: string | undefined;
  /** Whether a version that is retained for governance is removed all the same. @default false */
  readonly bypassesGovernance?: boolean;
  /** Whether a key that does not exist is notified, as DeleteObjects does. @default false */
  readonly notifiesMissing?: boolean;
};

export type Deletion = {
  /** Of the removed version or of the new delete marker. */
  readonly versionId?: string;
  /** Whether a delete marker was removed or created. */
  readonly deleteMarker: boolean;
};

/** Events of delete markers name the ETag of no bytes. */
const emptyEtag = createHash("md5").digest("hex");

/** The objects of all buckets. Every change is told to the bucket's topics, in one transaction with it. */
export class Objects {
  readonly #store: DatabaseSync;
  readonly #sequence: Sequence;
  readonly #buckets: BucketTable;
  readonly #table: ObjectTable;
  readonly #versions: Versions;
  readonly #contents: Contents;
  readonly #uploads: UploadTable;
  readonly #notifier: Notifier;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#sequence = dependencies.sequence;
    this.#buckets = dependencies.buckets;
    this.#table = dependencies.table;
    this.#versions = dependencies.versions;
    this.#contents = dependencies.contents;
    this.#uploads = dependencies.uploads;
    this.#notifier = dependencies.notifier;
  }

  /** @throws S3Error NoSuchBucket, KeyTooLongError, PreconditionFailed, NoSuchKey */
  put(
    request: PutRequest,
    requester: Requester,
    eventName: EventName = "ObjectCreated:Put",
  ): StoredObject {
    const { bucket, key, bytes, headers, tags = [], acl, lock, conditions = {} } = request;
    const checksum = request.checksum ?? defaultChecksum([bytes]);
    return transaction(this.#store, () => {
      this.checkWrite(bucket, key, conditions);
      const content = this.#contents.create();
      this.#contents.setPiece(content, 1, bytes);
      const etag = createHash("md5").update(bytes).digest("hex");
      const details = { etag, headers, checksum, tags, ...(acl && { acl }), ...(lock && { lock }) };
      const object = { key, size: bytes.length, content, ...details };
      return this.add(bucket, object, eventName, requester);
    });
  }

  /** Makes an object of bytes that are stored already, as the newest version of its key. */
  add(name: string, object: NewObject, eventName: EventName, requester: Requester): StoredObject {
    const bucket = this.#bucket(name);
    const { key, size, etag } = object;
    const stored = this.#versions.add(bucket, object);
    const { sequence, versionId } = stored;
    const version = bucket.versioning === "Enabled" ? { versionId } : {};
    const changed = { size, etag };
    this.#notifier.notify({ bucket, eventName, key, changed, ...version, sequence, requester });
    return stored;
  }

  /**
   * The current object of a key, or a specific version.
   * @throws S3Error NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
   */
  get(bucket: string, key: string, versionId?: string): StoredObject {
    this.#bucket(bucket);
    return versionId === undefined
      ? this.#versions.getCurrent(bucket, key)
      : this.#versions.get(bucket, key, versionId);
  }

  /** A version, which may be a delete marker. */
  findVersion(bucket: string, key: string, versionId: string): StoredObject | undefined {
    return this.#versions.find(bucket, key, versionId);
  }

  /** Replaces the tags of a version. */
  setTags(
    object: StoredObject,
    tags: readonly Tag[],
    eventName: "ObjectTagging:Put" | "ObjectTagging:Delete",
    requester: Requester,
  ): void {
    this.#setDetails({ ...object, tags }, eventName, requester);
  }

  /** Replaces the access control list of a version; one that stays the same is not notified. */
  setAccessList(object: StoredObject, acl: AccessList, requester: Requester): void {
    if (isDeepStrictEqual(object.acl ?? privateList, acl)) return;
    this.#setDetails({ ...object, acl }, "ObjectAcl:Put", requester);
  }

  /**
   * Replaces the retention of a version.
   * @param retention undefined to end it
   * @throws S3Error AccessDenied
   */
  setRetention(object: StoredObject, retention: Retention | undefined, bypass: Bypass): void {
    this.#versions.setRetention(object, retention, bypass);
  }

  setLegalHold(object: StoredObject, legalHold: boolean): void {
    this.#table.update({ ...object, lock: { ...object.lock, legalHold } });
  }

  /** The bytes from `start` to before `end`. @default all */
  read(object: StoredObject, start?: number, end?: number): Buffer {
    return this.#contents.read(object.content, start, end);
  }

  /** @throws S3Error NoSuchBucket, PreconditionFailed, NoSuchKey */
  delete(request: DeleteRequest, requester: Requester): Deletion {
    const { key, versionId, ifMatch, notifiesMissing = false } = request;
    const { bypassesGovernance = false } = request;
    const bucket = this.#bucket(request.bucket);
    return transaction(this.#store, () => {
      checkDelete(ifMatch, key, this.#versions.current(bucket.name, key));
      if (versionId !== undefined) {
        return this.#deleteVersion(bucket, { key, versionId, bypassesGovernance }, requester);
      }
      if (bucket.versioning !== "Disabled") return this.#addMarker(bucket, key, requester);
      const object = this.#versions.current(bucket.name, key);
      if (object !== undefined) {
        this.#remove(bucket, object, requester);
        this.#uploads.noteRemoval(bucket.name, key);
      } else if (notifiesMissing)
        this.#notifyRemoved(bucket, { key, versionId: nullVersion }, requester);
      return { deleteMarker: false };
    });
  }

  /** @throws S3Error NoSuchBucket */
  list(request: ListingRequest): ListingPage {
    this.#bucket(request.bucket);
    return listPage(this.#table, request);
  }

  /**
   * @param upload whose end it is: a conditional one conflicts with what happened to the key since its start
   * @throws S3Error NoSuchBucket, KeyTooLongError, PreconditionFailed, NoSuchKey, ConditionalRequestConflict
   */
  checkWrite(bucket: string, key: string, conditions: Conditions, upload?: Upload): void {
    this.#bucket(bucket);
    checkKey(key);
    checkWrite(conditions, key, this.#versions.current(bucket, key));
    if (upload === undefined) return;
    const changed = this.#table.latest(bucket, key)?.sequence ?? 0;
    if (changed > upload.content || upload.keyRemoved) checkNoConflict(conditions, key);
  }

  #setDetails(object: StoredObject, eventName: EventName, requester: Requester): void {
    const bucket = this.#bucket(object.bucket);
    const { key, etag, versionId } = object;
    transaction(this.#store, () => {
      this.#table.update(object);
      const version = bucket.versioning === "Disabled" ? {} : { versionId };
      const sequence = this.#sequence.next();
      const changed = { etag };
      this.#notifier.notify({ bucket, eventName, key, changed, ...version, sequence, requester });
    });
  }

  #addMarker(bucket: Bucket, key: string, requester: Requester): Deletion {
    const { versionId, sequence } = this.#versions.addMarker(bucket, key);
    const eventName = "ObjectRemoved:DeleteMarkerCreated";
    const changed = { etag: emptyEtag };
    this.#notifier.notify({ bucket, eventName, key, changed, versionId, sequence, requester });
    return { versionId, deleteMarker: true };
  }

  #deleteVersion(
    bucket: Bucket,
    named: {
      readonly key: string;
      readonly versionId: string;
      readonly bypassesGovernance: boolean;
    },
    requester: Requester,
  ): Deletion {
    const { key, versionId, bypassesGovernance } = named;
    const version = this.#versions.find(bucket.name, key, versionId);
    if (version !== undefined) {
      this.#versions.checkRemovable(version, bypassesGovernance);
      this.#remove(bucket, version, requester);
    }
    return { versionId, deleteMarker: version?.deleteMarker ?? false };
  }

  #remove(bucket: Bucket, object: StoredObject, requester: Requester): void {
    this.#versions.remove(object);
    this.#notifyRemoved(bucket, object, requester);
  }

  #notifyRemoved(
    bucket: Bucket,
    { key, versionId }: Pick<StoredObject, "key" | "versionId">,
    requester: Requester,
  ): void {
    const version = bucket.versioning === "Disabled" ? {} : { versionId };
    const sequence = this.#sequence.next();
    const eventName = "ObjectRemoved:Delete";
    this.#notifier.notify({ bucket, eventName, key, ...version, sequence, requester });
  }

  #bucket(name: string): Bucket {
    const bucket = this.#buckets.find(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }
}
