import type { DatabaseSync, StatementSync } from "node:sqlite";
import { formatArn } from "../../arn.ts";
import type { Bucket, Versioning } from "./bucket.ts";
import type { NotificationRule } from "./notification/rules.ts";

type Row = ReturnType<StatementSync["get"]>;

/** The buckets themselves, with what is configured on each. */
export class BucketTable {
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #get: StatementSync;
  readonly #all: StatementSync;
  readonly #policy: StatementSync;
  readonly #setPolicy: StatementSync;
  readonly #setVersioning: StatementSync;
  readonly #setNotification: StatementSync;

  constructor(store: DatabaseSync) {
    const columns = "name, created, versioning, notification";
    this.#insert = store.prepare(
      "INSERT INTO buckets (name, created, versioning, notification) VALUES (?, ?, 'Disabled', '[]')",
    );
    this.#delete = store.prepare("DELETE FROM buckets WHERE name = ?");
    this.#get = store.prepare(`SELECT ${columns} FROM buckets WHERE name = ?`);
    this.#all = store.prepare(`SELECT ${columns} FROM buckets ORDER BY name`);
    this.#policy = store.prepare("SELECT policy FROM buckets WHERE name = ?");
    this.#setPolicy = store.prepare("UPDATE buckets SET policy = ? WHERE name = ?");
    this.#setVersioning = store.prepare("UPDATE buckets SET versioning = ? WHERE name = ?");
    this.#setNotification = store.prepare("UPDATE buckets SET notification = ? WHERE name = ?");
  }

  insert(name: string, created: number): void {
    this.#insert.run(name, created);
  }

  delete(name: string): void {
    this.#delete.run(name);
  }

  find(name: string): Bucket | undefined {
    return bucketOf(this.#get.get(name));
  }

  list(): Bucket[] {
    return this.#all.all().flatMap((row) => bucketOf(row) ?? []);
  }

  policy(name: string): string | undefined {
    const policy = this.#policy.get(name)?.policy;
    return typeof policy === "string" ? policy : undefined;
  }

  setPolicy(name: string, policy: string | undefined): void {
    this.#setPolicy.run(policy ?? null, name);
  }

  setVersioning(name: string, versioning: Versioning): void {
    this.#setVersioning.run(versioning, name);
  }

  setNotification(name: string, rules: readonly NotificationRule[]): void {
    this.#setNotification.run(JSON.stringify(rules), name);
  }
}

function bucketOf(row: Row): Bucket | undefined {
  if (row === undefined) return undefined;
  const name = String(row.name);
  return {
    name,
    arn: formatArn("s3", "", name),
    created: Number(row.created),
    versioning: versioningOf(row.versioning),
    notification: JSON.parse(String(row.notification)),
  };
}

function versioningOf(value: unknown): Versioning {
  return value === "Enabled" || value === "Suspended" ? value : "Disabled";
}
