import type { DatabaseSync } from "node:sqlite";
import { arnParts, parseArn } from "../../../aws/arn.ts";
import { newRequestIds } from "../../protocol/restXmlError.ts";
import type { Clock } from "../../time/clock.ts";
import { AccessLists } from "./accessLists/accessLists.ts";
import { type Bucket, checkBucketName, type Versioning } from "./bucket.ts";
import { BucketTable } from "./bucketTable.ts";
import { BucketDocuments } from "./configuration/bucketDocuments.ts";
import { invalidBucketState, objectLock } from "./configuration/objectLock.ts";
import { Contents } from "./contents.ts";
import type { NewObject, ObjectWriter } from "./interface.ts";
import { Notifier, type NotifierOptions } from "./notification/notifier.ts";
import { checkRules, type NotificationRule } from "./notification/rules.ts";
import { Objects } from "./objects.ts";
import { ObjectTable } from "./objectTable.ts";
import { byOwner, type Requester } from "./requester.ts";
import { noSuchBucket, S3Error } from "./s3Error.ts";
import { createTables, Sequence } from "./schema.ts";
import { Uploads } from "./uploads.ts";
import { UploadTable } from "./uploadTable.ts";
import { Versions } from "./versions.ts";

/**
 * S3: buckets, their objects, and the notifications that they send to topics. Bytes and all that is
 * said of them are in the cloud's one store, so that a killed process leaves no half of a change.
 * Permissions are checked by the callers.
 */
export class Buckets implements ObjectWriter {
  readonly objects: Objects;
  readonly uploads: Uploads;
  /** What is configured on each bucket. */
  readonly documents: BucketDocuments;
  readonly accessLists: AccessLists;
  readonly #clock: Clock;
  readonly #region: string;
  readonly #table: BucketTable;
  readonly #notifier: Notifier;

  constructor(options: NotifierOptions & { readonly store: DatabaseSync }) {
    const { store, clock, region } = options;
    createTables(store);
    const sequence = new Sequence(store);
    const contents = new Contents(store, sequence);
    const buckets = new BucketTable(store);
    const notifier = new Notifier(options);
    const table = new ObjectTable(store);
    const documents = new BucketDocuments(store);
    const versions = new Versions({ clock, sequence, table, contents, documents });
    const uploads = new UploadTable(store);
    this.objects = new Objects({
      ...{ store, sequence, buckets, table, versions, contents, uploads, notifier },
    });
    this.uploads = new Uploads({
      store,
      clock,
      table: uploads,
      contents,
      objects: this.objects,
    });
    this.documents = documents;
    this.accessLists = new AccessLists(store, documents);
    this.#clock = clock;
    this.#region = region;
    this.#table = buckets;
    this.#notifier = notifier;
  }

  /**
   * Creates a bucket; an existing one stays unchanged.
   * @throws S3Error InvalidBucketName
   */
  create(name: string): Bucket {
    checkBucketName(name);
    if (this.#table.find(name) === undefined) this.#table.insert(name, this.#clock.now());
    return this.get(name);
  }

  writeObject({ bucketArn, key, bytes, contentType }: NewObject, callerArn: string): void {
    this.objects.put(
      {
        bucket: arnParts(bucketArn).resource,
        key,
        bytes,
        headers: { "content-type": contentType },
      },
      { callerArn, ...newRequestIds() },
    );
  }

  /** @throws S3Error NoSuchBucket, BucketNotEmpty */
  delete(name: string): void {
    const { versioning } = this.get(name);
    const { entries } = this.objects.list({ bucket: name, limit: 1, versions: true });
    if (entries.length > 0) {
      const all = versioning === "Disabled" ? "" : ". You must delete all versions in the bucket.";
      throw new S3Error("BucketNotEmpty", `The bucket you tried to delete is not empty${all}`, {
        status: 409,
        details: { BucketName: name },
      });
    }
    for (const upload of this.uploads.list(name)) this.uploads.abort(upload);
    this.#table.delete(name);
    this.documents.deleteAll(name);
  }

  find(name: string): Bucket | undefined {
    return this.#table.find(name);
  }

  /** @throws S3Error NoSuchBucket */
  get(name: string): Bucket {
    const bucket = this.#table.find(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  /** By name. */
  list(): Bucket[] {
    return this.#table.list();
  }

  /** The bucket's policy as JSON text, by the bucket's ARN. */
  policy(arn: string): string | undefined {
    return this.#table.policy(nameIn(arn));
  }

  /**
   * The policy that decides on calls: the bucket's own, and what the access control lists grant.
   *
   * @param arn of a bucket or of an object in it
   */
  accessPolicy(arn: string): string | undefined {
    const [, key] = parseArn(arn)?.resource.split(/\/(.*)/s) ?? [];
    return this.accessLists.addTo(this.policy(arn), nameIn(arn), key);
  }

  /** @param policy JSON text, or undefined for none */
  setPolicy(name: string, policy: string | undefined): void {
    this.#table.setPolicy(this.get(name).name, policy);
  }

  /** @throws S3Error InvalidBucketState where objects may be locked */
  setVersioning(name: string, versioning: Exclude<Versioning, "Disabled">): void {
    if (versioning === "Suspended" && this.documents.find(name, objectLock) !== undefined) {
      throw invalidBucketState(
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
      );
    }
    this.#table.setVersioning(this.get(name).name, versioning);
  }

  /**
   * Replaces all rules of the bucket. Each topic gets a test event first, and must take it.
   * @param requester the caller. @default the bucket's owner
   * @throws S3Error NoSuchBucket, InvalidArgument
   */
  setNotification(
    name: string,
    rules: readonly NotificationRule[],
    requester: Requester = byOwner(),
    destinations: "tried" | "untried" = "tried",
  ): void {
    const bucket = this.get(name);
    checkRules(rules, this.#region);
    if (destinations === "tried") this.#notifier.sendTestEvents(bucket, rules, requester);
    this.#table.setNotification(name, rules);
  }
}

/** The bucket in the ARN of a bucket or of an object. */
function nameIn(arn: string): string {
  return parseArn(arn)?.resource.split("/")[0] ?? "";
}
