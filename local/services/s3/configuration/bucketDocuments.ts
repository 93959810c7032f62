import type { DatabaseSync, StatementSync } from "node:sqlite";

/** A kind of document that a bucket may have, of type `T`. */
export type DocumentKind<T> = {
  /** As in the query parameter of its operations: `cors`. */
  readonly parameter: string;
  /** The document of a new bucket. @default none */
  readonly initial?: T;
  /** Whether deleting a document brings back the initial one. @default the bucket has none then */
  readonly returnsToInitial?: boolean;
};

/**
 * Everything that is configured on a bucket as one document: its tags, its website, who owns its objects,
 * its lifecycle. Of some kinds a bucket has several, each with an id.
 */
export class BucketDocuments {
  readonly #set: StatementSync;
  readonly #find: StatementSync;
  readonly #list: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #buckets: StatementSync;

  constructor(store: DatabaseSync) {
    store.exec(`CREATE TABLE IF NOT EXISTS bucket_documents (
      bucket TEXT NOT NULL,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (bucket, kind, id)
    ) WITHOUT ROWID`);
    this.#set = store.prepare(
      "INSERT OR REPLACE INTO bucket_documents (bucket, kind, id, document) VALUES (?, ?, ?, ?)",
    );
    const one = "bucket = ? AND kind = ? AND id = ?";
    this.#find = store.prepare(`SELECT document FROM bucket_documents WHERE ${one}`);
    this.#list = store.prepare(
      "SELECT document FROM bucket_documents WHERE bucket = ? AND kind = ? ORDER BY id",
    );
    this.#delete = store.prepare(`DELETE FROM bucket_documents WHERE ${one}`);
    this.#deleteAll = store.prepare("DELETE FROM bucket_documents WHERE bucket = ?");
    this.#buckets = store.prepare(
      "SELECT DISTINCT bucket FROM bucket_documents WHERE kind = ? ORDER BY bucket",
    );
  }

  find<T>(bucket: string, { parameter, initial }: DocumentKind<T>, id = ""): T | undefined {
    const row = this.#find.get(bucket, parameter, id);
    if (row === undefined) return initial;
    return JSON.parse(String(row.document)) ?? undefined;
  }

  /** Whether the bucket has a document of its own, apart from that of a new one. */
  has<T>(bucket: string, { parameter }: DocumentKind<T>): boolean {
    return this.#find.get(bucket, parameter, "") !== undefined;
  }

  /** All documents of a kind, by id. */
  list<T>(bucket: string, { parameter }: DocumentKind<T>): T[] {
    return this.#list.all(bucket, parameter).map((row) => JSON.parse(String(row.document)));
  }

  set<T>(bucket: string, { parameter }: DocumentKind<T>, document: T, id = ""): void {
    this.#set.run(bucket, parameter, id, JSON.stringify(document));
  }

  /** After this the bucket has no such document, or that of a new one again. */
  delete<T>(bucket: string, kind: DocumentKind<T>, id = ""): void {
    const { parameter, initial, returnsToInitial } = kind;
    const isAbsence = initial !== undefined && !returnsToInitial;
    if (isAbsence) this.#set.run(bucket, parameter, id, "null");
    else this.#delete.run(bucket, parameter, id);
  }

  /** Forgets everything about the bucket. */
  deleteAll(bucket: string): void {
    this.#deleteAll.run(bucket);
  }

  /** The buckets that have such a document of their own, by name. */
  buckets<T>({ parameter }: DocumentKind<T>): string[] {
    return this.#buckets.all(parameter).map(({ bucket }) => String(bucket));
  }
}
