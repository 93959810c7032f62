import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { ReplayPolicy } from "../attributes/replayPolicy.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS replays (
    subscription TEXT PRIMARY KEY,
    starting_point INTEGER NOT NULL,
    ending_point INTEGER,
    position INTEGER NOT NULL,
    status TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

export type Replay = ReplayPolicy & {
  readonly subscriptionArn: string;
  /** Id of the last archived message that was replayed. */
  readonly position: number;
  /** `caughtUp` with an ending point to come: messages are delivered as they are published, until then. */
  readonly status: "pending" | "inProgress" | "caughtUp" | "failed";
};

type Row = {
  subscription: string;
  startingPoint: number;
  endingPoint: number | null;
  position: number;
  status: Replay["status"];
};

/** The latest replay of each subscription that has one. */
export class ReplayTable {
  readonly #save: StatementSync;
  readonly #remove: StatementSync;
  readonly #bySubscription = new Map<string, Replay>();

  constructor(store: DatabaseSync) {
    store.exec(schema);
    this.#save = store.prepare("INSERT OR REPLACE INTO replays VALUES (?, ?, ?, ?, ?)");
    this.#remove = store.prepare("DELETE FROM replays WHERE subscription = ?");
    const rows = store
      .prepare(
        `SELECT subscription, starting_point AS startingPoint, ending_point AS endingPoint, position, status
         FROM replays`,
      )
      .all() as Row[];
    for (const { subscription, endingPoint, ...row } of rows) {
      const replay = { ...row, endingPoint: endingPoint ?? undefined };
      this.#bySubscription.set(subscription, { ...replay, subscriptionArn: subscription });
    }
  }

  find(subscriptionArn: string): Replay | undefined {
    return this.#bySubscription.get(subscriptionArn);
  }

  list(): Replay[] {
    return [...this.#bySubscription.values()];
  }

  save(replay: Replay): void {
    const { subscriptionArn, startingPoint, endingPoint = null, position, status } = replay;
    this.#save.run(subscriptionArn, startingPoint, endingPoint, position, status);
    this.#bySubscription.set(subscriptionArn, replay);
  }

  remove(subscriptionArn: string): void {
    this.#remove.run(subscriptionArn);
    this.#bySubscription.delete(subscriptionArn);
  }
}
