import type { DatabaseSync, StatementSync } from "node:sqlite";
import { withMeaning } from "./attributes/subscriptionAttributes.ts";
import { subscriptionDoesNotExist } from "./errors.ts";
import { type StoredSubscription, type Subscription, storedPart } from "./subscription.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS subscriptions (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    arn TEXT NOT NULL UNIQUE,
    stored TEXT NOT NULL
  ) STRICT`;

/** All subscriptions: stored in the database and cached in memory. */
export class SubscriptionTable {
  readonly #save: StatementSync;
  readonly #remove: StatementSync;
  readonly #byArn = new Map<string, Subscription>();
  readonly #byTopic = new Map<string, Map<string, Subscription>>();

  constructor(store: DatabaseSync) {
    store.exec(schema);
    this.#save = store.prepare(
      `INSERT INTO subscriptions (arn, stored) VALUES (?, ?)
       ON CONFLICT (arn) DO UPDATE SET stored = excluded.stored`,
    );
    this.#remove = store.prepare("DELETE FROM subscriptions WHERE arn = ?");
    const rows = store.prepare("SELECT stored FROM subscriptions ORDER BY position").all();
    for (const { stored } of rows) this.#remember(JSON.parse(String(stored)));
  }

  find(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  /** @throws NotFound */
  get(arn: string): Subscription {
    const subscription = this.find(arn);
    if (subscription === undefined) throw subscriptionDoesNotExist();
    return subscription;
  }

  /** The subscriptions of a topic, in the order of creation. */
  ofTopic(topicArn: string): Iterable<Subscription> {
    return this.#byTopic.get(topicArn)?.values() ?? [];
  }

  /** The subscription whose endpoint was sent this token to confirm. */
  byToken(token: string): Subscription | undefined {
    return [...this.#byArn.values()].find(({ confirmation }) => confirmation?.token === token);
  }

  save(subscription: StoredSubscription): Subscription {
    const stored = storedPart(subscription);
    this.#save.run(stored.arn, JSON.stringify(stored));
    return this.#remember(stored);
  }

  remove({ arn, topicArn }: Subscription): void {
    this.#remove.run(arn);
    this.#byArn.delete(arn);
    this.#byTopic.get(topicArn)?.delete(arn);
  }

  #remember(stored: StoredSubscription): Subscription {
    const subscription = withMeaning(stored);
    const siblings = this.#byTopic.get(stored.topicArn) ?? new Map();
    this.#byTopic.set(stored.topicArn, siblings);
    siblings.set(stored.arn, subscription);
    this.#byArn.set(stored.arn, subscription);
    return subscription;
  }
}
