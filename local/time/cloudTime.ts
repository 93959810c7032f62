import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "./clock.ts";

/** How often cloud time is kept, in milliseconds of the machine's: what a killed process may fall back by. */
const interval = 1000;

/**
 * Keeps how far cloud time has got, where it has run ahead of the machine's: the next run on the same
 * data must not begin before its messages were sent, or they could not be received for hours.
 */
export class CloudTime {
  readonly #store: DatabaseSync;
  #clock: Clock | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(
      "CREATE TABLE IF NOT EXISTS cloud_time (one INTEGER PRIMARY KEY CHECK (one = 1), time INTEGER NOT NULL) STRICT",
    );
  }

  /** Where the run before ended, in milliseconds since 1970; 0 where none was ahead of the machine. */
  last(): number {
    const row = this.#store.prepare("SELECT time FROM cloud_time").get();
    return Number(row?.time ?? 0);
  }

  /** Keeps the time of this clock from now on. */
  follow(clock: Clock): void {
    this.#clock = clock;
    this.#timer = setInterval(() => this.#keep(), interval).unref();
  }

  /** Keeps it for the last time. */
  close(): void {
    clearInterval(this.#timer);
    this.#keep();
  }

  #keep(): void {
    const time = this.#clock?.now() ?? 0;
    if (time <= Date.now()) return;
    this.#store
      .prepare(
        "INSERT INTO cloud_time (one, time) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET time = excluded.time",
      )
      .run(time);
  }
}
