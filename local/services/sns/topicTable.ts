import type { DatabaseSync, StatementSync } from "node:sqlite";
import { topicDoesNotExist } from "./errors.ts";
import type { Topic } from "./topic.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS topics (
    arn TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    attributes TEXT NOT NULL,
    tags TEXT NOT NULL,
    sequence INTEGER NOT NULL DEFAULT 0,
    unsubscribed INTEGER NOT NULL DEFAULT 0
  ) STRICT`;

type Row = Record<"arn" | "name" | "attributes" | "tags", string>;

/** All topics: stored in the database and cached in memory. */
export class TopicTable {
  readonly #store: DatabaseSync;
  readonly #nextSequence: StatementSync;
  readonly #byArn = new Map<string, Topic>();

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    this.#nextSequence = store.prepare(
      "UPDATE topics SET sequence = sequence + 1 WHERE arn = ? RETURNING sequence",
    );
    const rows = store.prepare("SELECT arn, name, attributes, tags FROM topics").all() as Row[];
    for (const { arn, name, attributes, tags } of rows) {
      this.#remember({
        arn,
        name,
        fifo: name.endsWith(".fifo"),
        attributes: JSON.parse(attributes),
        tags: JSON.parse(tags),
      });
    }
  }

  find(arn: string): Topic | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws NotFound */
  get(arn: string): Topic {
    const topic = this.find(arn);
    if (topic === undefined) throw topicDoesNotExist();
    return topic;
  }

  /** All topics, by name. */
  list(): Topic[] {
    return [...this.#byArn.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  save(topic: Topic): Topic {
    const { arn, name, attributes, tags } = topic;
    this.#store
      .prepare(
        `INSERT INTO topics (arn, name, attributes, tags) VALUES (?, ?, ?, ?)
         ON CONFLICT (arn) DO UPDATE SET attributes = excluded.attributes, tags = excluded.tags`,
      )
      .run(arn, name, JSON.stringify(attributes), JSON.stringify(tags));
    return this.#remember(topic);
  }

  remove(arn: string): void {
    this.#store.prepare("DELETE FROM topics WHERE arn = ?").run(arn);
    this.#byArn.delete(arn);
  }

  /** Counts the messages of a FIFO topic: 1, 2, 3, ... */
  nextSequence(arn: string): number {
    return Number(this.#nextSequence.get(arn)?.sequence);
  }

  countUnsubscribed(arn: string): void {
    this.#store.prepare("UPDATE topics SET unsubscribed = unsubscribed + 1 WHERE arn = ?").run(arn);
  }

  /** How many subscriptions the topic has lost. */
  unsubscribed(arn: string): number {
    const row = this.#store.prepare("SELECT unsubscribed FROM topics WHERE arn = ?").get(arn);
    return Number(row?.unsubscribed ?? 0);
  }

  #remember(topic: Topic): Topic {
    this.#byArn.set(topic.arn, topic);
    return topic;
  }
}
