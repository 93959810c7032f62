import type { DatabaseSync } from "node:sqlite";
import { formatArn } from "../../arn.ts";

/** The access control list of a bucket, and how far it and those of its objects count. */
export type AccessListSettings = {
  /** By the bucket's object ownership: any but `BucketOwnerEnforced`. */
  readonly enabled: boolean;
  /** Whether uploads with a public list are refused. */
  readonly blocksPublic: boolean;
  /** Whether public lists are there, but count for nothing. */
  readonly ignoresPublic: boolean;
  /** Whether the bucket's own list lets everyone see which objects there are. */
  readonly listsForAll: boolean;
};

/** Of a bucket that nothing was configured on, since April 2023. */
const initial: AccessListSettings = {
  enabled: false,
  blocksPublic: true,
  ignoresPublic: true,
  listsForAll: false,
};

/** The canned lists of a bucket. */
export const bucketLists = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "log-delivery-write",
] as const;

/** The header by which an object's canned list is kept with it: `public-read`, or absent. */
export const accessListHeader = "x-amz-acl";

/** Whether a canned list lets everyone read. */
export function isPublic(acl: string | undefined): boolean {
  return acl === "public-read" || acl === "public-read-write";
}

/**
 * The canned access control lists of buckets and objects. In a cloud with one account they come to one
 * question: whether everyone may read.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
 */
export class AccessLists {
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(
      "CREATE TABLE IF NOT EXISTS bucket_access_lists (bucket TEXT PRIMARY KEY, settings TEXT NOT NULL)",
    );
  }

  settings(bucket: string): AccessListSettings {
    const row = this.#store
      .prepare("SELECT settings FROM bucket_access_lists WHERE bucket = ?")
      .get(bucket);
    return row === undefined ? initial : JSON.parse(String(row.settings));
  }

  /** Changes what is given. */
  set(bucket: string, change: Partial<AccessListSettings>): void {
    const settings = { ...this.settings(bucket), ...change };
    this.remove(bucket);
    this.#store
      .prepare("INSERT INTO bucket_access_lists (bucket, settings) VALUES (?, ?)")
      .run(bucket, JSON.stringify(settings));
  }

  remove(bucket: string): void {
    this.#store.prepare("DELETE FROM bucket_access_lists WHERE bucket = ?").run(bucket);
  }

  /**
   * Adds to a bucket's policy what the lists grant.
   *
   * @param policy JSON text
   * @returns JSON text
   */
  addTo(policy: string | undefined, bucket: string): string | undefined {
    const { enabled, ignoresPublic, listsForAll } = this.settings(bucket);
    if (!enabled || ignoresPublic) return policy;
    const lists = listsForAll ? [grant(listing, [bucket])] : [];
    const keys = this.#publicKeys(bucket).map((key) => `${bucket}/${asPattern(key)}`);
    const reads = keys.length > 0 ? [grant(reading, keys)] : [];
    if (lists.length + reads.length === 0) return policy;
    const { Version = "2012-10-17", Statement = [] } =
      policy === undefined ? {} : JSON.parse(policy);
    return JSON.stringify({ Version, Statement: [Statement, lists, reads].flat() });
  }

  /** Of the current objects that everyone may read. */
  #publicKeys(bucket: string): string[] {
    const rows = this.#store
      .prepare(
        `SELECT key FROM bucket_objects AS own WHERE bucket = ?
          AND json_extract(details, '$.headers."${accessListHeader}"') IS NOT NULL
          AND recency = (SELECT MIN(recency) FROM bucket_objects WHERE bucket = own.bucket AND key = own.key)`,
      )
      .all(bucket);
    return rows.map(({ key }) => String(key));
  }
}

const listing = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];
const reading = ["s3:GetObject", "s3:GetObjectVersion"];

function grant(actions: readonly string[], resources: readonly string[]) {
  return {
    Sid: "AccessControlLists",
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: resources.map((each) => formatArn("s3", "", each)),
  };
}

/** What has a meaning in a pattern matches any one character. */
function asPattern(key: string): string {
  return key.replaceAll(/[*?$]/g, "?");
}
