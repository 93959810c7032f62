import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { AccessList } from "./accessLists/accessList.ts";
import type { ChecksumAlgorithm, ChecksumType } from "./checksum.ts";
import type { ObjectLock } from "./objectLock.ts";
import type { Tag } from "./tagging/tag.ts";

/** A multipart upload that is neither complete nor aborted. */
export type Upload = {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  /** Cloud time in milliseconds since 1970. */
  readonly started: number;
  /** Number of the bytes in `Contents`: each part is the piece of its number. */
  readonly content: number;
  /** The headers that the object will have. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the object. @default none */
  readonly tags?: readonly Tag[];
  readonly acl?: AccessList | undefined;
  readonly lock?: ObjectLock | undefined;
  /** Whether the key's object was removed since. @default false */
  readonly keyRemoved?: boolean;
  /** The checksum that every part must come with. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
};

export type UploadedPart = {
  /** 1 to 10,000. */
  readonly number: number;
  readonly size: number;
  /** Cloud time in milliseconds since 1970. */
  readonly modified: number;
  /** Without quotes. */
  readonly etag: string;
  /** Base64. */
  readonly checksum?: string;
};

type Row = ReturnType<StatementSync["get"]>;

/** Multipart uploads under way, and their parts. */
export class UploadTable {
  readonly #insert: StatementSync;
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;
  readonly #noteRemoval: StatementSync;
  readonly #setPart: StatementSync;
  readonly #parts: StatementSync;
  readonly #deleteParts: StatementSync;

  constructor(store: DatabaseSync) {
    this.#insert = store.prepare(
      "INSERT INTO bucket_uploads (id, bucket, key, started, content, details) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#get = store.prepare("SELECT * FROM bucket_uploads WHERE id = ?");
    this.#list = store.prepare(
      "SELECT * FROM bucket_uploads WHERE bucket = ? ORDER BY key, content",
    );
    this.#delete = store.prepare("DELETE FROM bucket_uploads WHERE id = ?");
    this.#noteRemoval = store.prepare(
      "UPDATE bucket_uploads SET details = json_set(details, '$.keyRemoved', json('true')) WHERE bucket = ? AND key = ?",
    );
    this.#setPart = store.prepare(
      "INSERT OR REPLACE INTO bucket_parts (upload, number, size, modified, etag, checksum) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#parts = store.prepare("SELECT * FROM bucket_parts WHERE upload = ? ORDER BY number");
    this.#deleteParts = store.prepare("DELETE FROM bucket_parts WHERE upload = ?");
  }

  insert({ id, bucket, key, started, content, ...details }: Upload): void {
    this.#insert.run(id, bucket, key, started, content, JSON.stringify(details));
  }

  find(id: string): Upload | undefined {
    return uploadOf(this.#get.get(id));
  }

  /** By key, the oldest first. */
  list(bucket: string): Upload[] {
    return this.#list.all(bucket).flatMap((row) => uploadOf(row) ?? []);
  }

  /** Remembers for the uploads of a key that its object was removed. */
  noteRemoval(bucket: string, key: string): void {
    this.#noteRemoval.run(bucket, key);
  }

  delete(id: string): void {
    this.#deleteParts.run(id);
    this.#delete.run(id);
  }

  /** Stores a part, in place of one that has its number. */
  setPart(id: string, { number, size, modified, etag, checksum }: UploadedPart): void {
    this.#setPart.run(id, number, size, modified, etag, checksum ?? null);
  }

  /** In the order of their numbers. */
  parts(id: string): UploadedPart[] {
    return this.#parts.all(id).map((row) => ({
      number: Number(row.number),
      size: Number(row.size),
      modified: Number(row.modified),
      etag: String(row.etag),
      ...(row.checksum === null ? {} : { checksum: String(row.checksum) }),
    }));
  }
}

function uploadOf(row: Row): Upload | undefined {
  if (row === undefined) return undefined;
  return {
    id: String(row.id),
    bucket: String(row.bucket),
    key: String(row.key),
    started: Number(row.started),
    content: Number(row.content),
    ...JSON.parse(String(row.details)),
  };
}
