import type { DatabaseSync, StatementSync } from "node:sqlite";
import { archiveRetention } from "../attributes/archivePolicy.ts";
import type { Notification } from "../delivery.ts";
import type { Topic } from "../topic.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS archives (
    topic TEXT PRIMARY KEY,
    active_since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS archived_messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    message TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS archived_messages_by_topic ON archived_messages (topic, id);
  CREATE INDEX IF NOT EXISTS archived_messages_by_time ON archived_messages (topic, published_at)`;

/** A message in an archive; ids grow with the order of publishing. */
export type ArchivedMessage = { readonly id: number; readonly message: Notification };

/** Times in cloud time, both included. */
export type Timeframe = { readonly from: number; readonly to: number };

/**
 * The messages that FIFO topics archive.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-topic-owner.html
 */
export class Archive {
  readonly #store: DatabaseSync;
  readonly #activeSince: StatementSync;
  readonly #add: StatementSync;
  readonly #expire: StatementSync;
  readonly #after: StatementSync;
  readonly #count: StatementSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
    const inTimeframe = "topic = ? AND id > ? AND published_at BETWEEN ? AND ?";
    this.#activeSince = store.prepare("SELECT active_since AS time FROM archives WHERE topic = ?");
    this.#add = store.prepare(
      "INSERT INTO archived_messages (topic, published_at, message) VALUES (?, ?, ?)",
    );
    this.#expire = store.prepare(
      "DELETE FROM archived_messages WHERE topic = ? AND published_at < ?",
    );
    this.#after = store.prepare(
      `SELECT id, message FROM archived_messages WHERE ${inTimeframe} ORDER BY id LIMIT ?`,
    );
    this.#count = store.prepare(
      `SELECT count(*) AS number FROM archived_messages WHERE ${inTimeframe}`,
    );
  }

  /** To be called when a topic's attributes have changed. Deactivation deletes the archived messages. */
  follow(topic: Topic, now: number): void {
    if (archiveRetention(topic) === undefined) {
      this.remove(topic.arn);
      return;
    }
    this.#store
      .prepare("INSERT INTO archives VALUES (?, ?) ON CONFLICT (topic) DO NOTHING")
      .run(topic.arn, now);
  }

  remove(topicArn: string): void {
    this.#store.prepare("DELETE FROM archives WHERE topic = ?").run(topicArn);
    this.#store.prepare("DELETE FROM archived_messages WHERE topic = ?").run(topicArn);
  }

  /** Archives a message if the topic has an archive. */
  add(topic: Topic, message: Notification): void {
    const retention = archiveRetention(topic);
    if (retention === undefined) return;
    this.#expire.run(topic.arn, message.timestamp - retention);
    this.#add.run(topic.arn, message.timestamp, JSON.stringify(message));
  }

  /** The earliest time from which messages can be replayed; undefined without an active archive. */
  beginning(topic: Topic, now: number): number | undefined {
    const retention = archiveRetention(topic);
    const active = this.#activeSince.get(topic.arn) as { time: number } | undefined;
    if (retention === undefined || active === undefined) return undefined;
    return Math.max(active.time, now - retention);
  }

  /** Messages of a timeframe after the one of that id, in the order of publishing. */
  after(topicArn: string, id: number, { from, to }: Timeframe, limit: number): ArchivedMessage[] {
    const rows = this.#after.all(topicArn, id, from, to, limit) as {
      id: number;
      message: string;
    }[];
    return rows.map((row) => ({ id: row.id, message: JSON.parse(row.message) }));
  }

  /** How many messages of a timeframe follow the one of that id. */
  count(topicArn: string, id: number, { from, to }: Timeframe): number {
    const { number } = this.#count.get(topicArn, id, from, to) as { number: number };
    return number;
  }
}
