import type { DatabaseSync } from "node:sqlite";
import { formatArn } from "../../../arn.ts";
import { queueDoesNotExist } from "../errors.ts";
import type { Definition } from "../queue.ts";
import { effectiveAttributes, type QueueAttributes, settingsOf } from "./attributes.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS queues (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    attributes TEXT NOT NULL,
    tags TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    purged_at INTEGER
  ) STRICT;
  CREATE TABLE IF NOT EXISTS deleted_queues (
    name TEXT PRIMARY KEY,
    deleted_at INTEGER NOT NULL
  ) STRICT`;

type Row = {
  readonly id: number;
  readonly name: string;
  readonly attributes: string;
  readonly tags: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly purgedAt: number | null;
};

/** What may change of a queue that exists. */
export type Change = Partial<Pick<Definition, "set" | "tags" | "modifiedAt" | "purgedAt">>;

/** All queues: stored in the database and cached in memory. */
export class Definitions {
  readonly #store: DatabaseSync;
  readonly #region: string;
  readonly #queueUrl: (name: string) => string;
  readonly #byArn = new Map<string, Definition>();

  constructor(store: DatabaseSync, region: string, queueUrl: (name: string) => string) {
    this.#store = store;
    this.#region = region;
    this.#queueUrl = queueUrl;
    store.exec(schema);
    const rows = store.prepare(
      `SELECT id, name, attributes, tags, created_at AS createdAt, modified_at AS modifiedAt,
         purged_at AS purgedAt FROM queues`,
    );
    for (const row of rows.all() as Row[]) this.#remember(row);
  }

  arnOf(name: string): string {
    return formatArn("sqs", this.#region, name);
  }

  find(arn: string): Definition | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws QueueDoesNotExist */
  get(arn: string): Definition {
    const definition = this.find(arn);
    if (definition === undefined) throw queueDoesNotExist();
    return definition;
  }

  /** All queues, by name. */
  list(): Definition[] {
    return [...this.#byArn.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The queues that send their dead letters to `arn`. */
  sourcesOf(arn: string): Definition[] {
    return this.list().filter(
      ({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === arn,
    );
  }

  add(name: string, set: QueueAttributes, tags: Readonly<Record<string, string>>, now: number) {
    const { lastInsertRowid } = this.#store
      .prepare(
        "INSERT INTO queues (name, attributes, tags, created_at, modified_at) VALUES (?, ?, ?, ?, ?)",
      )
      .run(name, JSON.stringify(set), JSON.stringify(tags), now, now);
    return this.#remember({
      id: Number(lastInsertRowid),
      name,
      attributes: JSON.stringify(set),
      tags: JSON.stringify(tags),
      createdAt: now,
      modifiedAt: now,
      purgedAt: null,
    });
  }

  change(definition: Definition, change: Change): Definition {
    const { id, name, createdAt } = definition;
    const {
      set = definition.set,
      tags = definition.tags,
      modifiedAt = definition.modifiedAt,
      purgedAt = definition.purgedAt,
    } = change;
    const row = {
      id,
      name,
      attributes: JSON.stringify(set),
      tags: JSON.stringify(tags),
      createdAt,
      modifiedAt,
      purgedAt: purgedAt ?? null,
    };
    this.#store
      .prepare(
        "UPDATE queues SET attributes = ?, tags = ?, modified_at = ?, purged_at = ? WHERE id = ?",
      )
      .run(row.attributes, row.tags, row.modifiedAt, row.purgedAt, id);
    return this.#remember(row);
  }

  remove({ id, name, arn }: Definition, now: number): void {
    this.#store.prepare("DELETE FROM queues WHERE id = ?").run(id);
    this.#store.prepare("INSERT OR REPLACE INTO deleted_queues VALUES (?, ?)").run(name, now);
    this.#byArn.delete(arn);
  }

  /** When a queue of that name was last deleted. */
  deletedAt(name: string): number | undefined {
    const row = this.#store
      .prepare("SELECT deleted_at AS deletedAt FROM deleted_queues WHERE name = ?")
      .get(name) as { deletedAt: number } | undefined;
    return row?.deletedAt;
  }

  #remember(row: Row): Definition {
    const arn = this.arnOf(row.name);
    const fifo = row.name.endsWith(".fifo");
    const set: QueueAttributes = JSON.parse(row.attributes);
    const attributes = effectiveAttributes(set, fifo);
    const queueUrl = this.#queueUrl;
    const definition = {
      ...row,
      arn,
      fifo,
      // The endpoint may be known only later, and be another one in the next run.
      get url() {
        return queueUrl(row.name);
      },
      set,
      attributes,
      settings: settingsOf(attributes),
      tags: JSON.parse(row.tags),
      purgedAt: row.purgedAt ?? undefined,
    };
    this.#byArn.set(arn, definition);
    return definition;
  }
}
