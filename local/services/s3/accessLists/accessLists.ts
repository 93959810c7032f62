import type { DatabaseSync, StatementSync } from "node:sqlite";
import { formatArn } from "../../../arn.ts";
import type { BucketDocuments, DocumentKind } from "../configuration/bucketDocuments.ts";
import { ownershipControls } from "../configuration/ownershipControls.ts";
import { publicAccessBlock } from "../configuration/publicAccessBlock.ts";
import { S3Error } from "../s3Error.ts";
import {
  type AccessList,
  type GrantPermission,
  groups,
  isPrivate,
  isPublic,
  privateList,
} from "./accessList.ts";

const bucketList: DocumentKind<AccessList> = { parameter: "acl", initial: privateList };

/**
 * The access control lists of buckets and objects, and how far a bucket lets them count. In a cloud with
 * one account they come to one question: what everyone may do.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
 */
export class AccessLists {
  readonly #documents: BucketDocuments;
  readonly #current: StatementSync;

  constructor(store: DatabaseSync, documents: BucketDocuments) {
    this.#documents = documents;
    this.#current = store.prepare(
      `SELECT json_extract(details, '$.acl') AS list FROM bucket_objects
        WHERE bucket = ? AND key = ? ORDER BY recency LIMIT 1`,
    );
  }

  /** The bucket's own list. */
  ofBucket(bucket: string): AccessList {
    return this.#documents.find(bucket, bucketList) ?? privateList;
  }

  /** @throws S3Error AccessControlListNotSupported, AccessDenied */
  setOfBucket(bucket: string, list: AccessList): void {
    this.check(bucket, list);
    this.#documents.set(bucket, bucketList, list);
  }

  /**
   * Whether a bucket takes a list for itself or for an object.
   * @throws S3Error AccessControlListNotSupported, AccessDenied
   */
  check(bucket: string, list: AccessList): void {
    if (!this.#areEnabled(bucket) && !isPrivate(list)) {
      throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs");
    }
    const blocks = this.#documents.find(bucket, publicAccessBlock)?.BlockPublicAcls;
    if (!blocks || !isPublic(list)) return;
    const reason = "public access control lists are blocked by the bucket (BlockPublicAcls)";
    throw new S3Error("AccessDenied", `Access Denied: ${reason}`, { status: 403 });
  }

  /**
   * Adds to a bucket's policy what the lists grant to everyone: the bucket's list, and that of the object
   * which the call concerns.
   *
   * @param policy JSON text
   * @returns JSON text
   */
  addTo(policy: string | undefined, bucket: string, key?: string): string | undefined {
    const ignores = this.#documents.find(bucket, publicAccessBlock)?.IgnorePublicAcls;
    if (!this.#areEnabled(bucket) || ignores) return policy;
    const ofObject = key === undefined ? [] : this.#objectStatements(bucket, key);
    const granted = [...this.#bucketStatements(bucket), ...ofObject];
    if (granted.length === 0) return policy;
    const { Version = "2012-10-17", Statement = [] } =
      policy === undefined ? {} : JSON.parse(policy);
    return JSON.stringify({ Version, Statement: [Statement, granted].flat() });
  }

  /** A bucket without controls lets the writers of objects own them. */
  #areEnabled(bucket: string): boolean {
    const rule = this.#documents.find(bucket, ownershipControls)?.Rule[0];
    return rule?.ObjectOwnership !== "BucketOwnerEnforced";
  }

  #bucketStatements(bucket: string) {
    const permissions = ofEveryone(this.ofBucket(bucket));
    const actions = actionsOf(permissions, onBuckets);
    const writes = permissions.flatMap((permission) => (isWrite(permission) ? inBuckets : []));
    return [
      ...(actions.length > 0 ? [statement(actions, bucket)] : []),
      ...(writes.length > 0 ? [statement(writes, `${bucket}/*`)] : []),
    ];
  }

  /** Of the current version. */
  #objectStatements(bucket: string, key: string) {
    const list = this.#current.get(bucket, key)?.list;
    if (typeof list !== "string") return [];
    const actions = actionsOf(ofEveryone(JSON.parse(list)), onObjects);
    return actions.length > 0 ? [statement(actions, `${bucket}/${asPattern(key)}`)] : [];
  }
}

function ofEveryone(list: AccessList): GrantPermission[] {
  return list.flatMap(({ grantee, permission }) =>
    "uri" in grantee && grantee.uri === groups.everyone ? [permission] : [],
  );
}

type Actions = Readonly<Partial<Record<GrantPermission, readonly string[]>>>;

const onBuckets: Actions = {
  READ: ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"],
  READ_ACP: ["s3:GetBucketAcl"],
  WRITE_ACP: ["s3:PutBucketAcl"],
};

/** What a bucket's `WRITE` allows for every object in it. */
const inBuckets = ["s3:PutObject", "s3:DeleteObject"];

const onObjects: Actions = {
  READ: ["s3:GetObject", "s3:GetObjectVersion"],
  READ_ACP: ["s3:GetObjectAcl", "s3:GetObjectVersionAcl"],
  WRITE_ACP: ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
};

function actionsOf(permissions: readonly GrantPermission[], actions: Actions): string[] {
  if (permissions.includes("FULL_CONTROL")) return Object.values(actions).flat();
  return permissions.flatMap((permission) => actions[permission] ?? []);
}

function isWrite(permission: GrantPermission): boolean {
  return permission === "WRITE" || permission === "FULL_CONTROL";
}

function statement(actions: readonly string[], resource: string) {
  return {
    Sid: "AccessControlLists",
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: formatArn("s3", "", resource),
  };
}

/** What has a meaning in a pattern matches any one character. */
function asPattern(key: string): string {
  return key.replaceAll(/[*?$]/g, "?");
}
