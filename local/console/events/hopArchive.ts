import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../../protocol/awsError.ts";
import { openTemporaryStore } from "../../storage/temporaryStore.ts";
import type { Hop } from "../../trace/hop.ts";
import { eventsWith, type Found, searchText } from "./searchText.ts";

/** Of all that is kept, in characters. */
const mostKept = 512 * 2 ** 20;

/** Hops, and characters of their messages, that are written together. */
const hopsInRow = 500;
const messagesInRow = 2 ** 20;

/** What one search looks through, in characters, and how many events it finds: it is to hold up nothing else. */
const searchedAtOnce = 8 * 2 ** 20;
const mostFound = 1000;

/** How many rows are read for the hops of one event. */
const mostRows = 400;

/** SQLite's memory, in KiB: most rows are written once and never read. */
const cacheKibibytes = 4 * 1024;

/** Sequences of hops: those that come after one and not after another. */
export type HopRange = {
  /** @default all */
  readonly after?: number | undefined;
  /** @default all */
  readonly upTo?: number | undefined;
};

/** What the archive needs of the trace. */
type Source = { listen(listener: (hop: Hop) => void): () => void };

/**
 * The hops of many more events than the trace has, and a search through their texts. They are in a temporary
 * database, so that they need little memory; a row has many, because rows cost more than hops.
 *
 * @param most characters that are kept
 */
export class HopArchive {
  readonly #store: DatabaseSync;
  readonly #statements: ReturnType<typeof prepare>;
  readonly #most: number;
  readonly #unlisten: () => void;
  #waiting: Hop[] = [];
  #waitingText = 0;
  #size = 0;
  /** Why nothing is written any more, such as a full disk. */
  #problem: string | undefined;

  constructor(trace: Source, most = mostKept) {
    this.#most = most;
    this.#store = openTemporaryStore().store;
    this.#store.exec(`PRAGMA cache_size = -${cacheKibibytes};
      CREATE TABLE hops (last INTEGER PRIMARY KEY, size INTEGER NOT NULL, text TEXT NOT NULL, hops TEXT NOT NULL) STRICT`);
    this.#statements = prepare(this.#store);
    this.#unlisten = trace.listen((hop) => this.#add(hop));
  }

  /** The hops of an event in a range, oldest first, as far as they are kept and not too far apart. */
  of(event: string, { after = 0, upTo = Number.MAX_SAFE_INTEGER }: HopRange = {}): Hop[] {
    this.#write();
    const rows = this.#statements.since.all(after, mostRows);
    const last = rows.findIndex(({ last }) => Number(last) >= upTo);
    return rows
      .slice(0, last < 0 ? rows.length : last + 1)
      .filter(({ text }) => String(text).includes(`${event}\n`))
      .flatMap((row): Hop[] => JSON.parse(String(this.#statements.hops.get(row.last ?? 0)?.hops)))
      .filter((hop) => hop.event === event && hop.sequence > after && hop.sequence <= upTo);
  }

  /**
   * Finds events by a part of an id, a message, an attribute, a key, a reason or a summary, in any case. The latest
   * are looked through first, some at once.
   *
   * @throws AwsError when nothing is recorded any more
   */
  search(text: string, { after = 0, upTo = Number.MAX_SAFE_INTEGER }: HopRange = {}): Found {
    if (this.#problem !== undefined) throw new AwsError("ServiceUnavailable", this.#problem);
    this.#write();
    const wanted = text.toLowerCase();
    const events = new Set<string>();
    let searched = 0;
    let next: number | undefined;
    for (const row of this.#statements.before.iterate(after, upTo)) {
      if (searched > searchedAtOnce || events.size >= mostFound) {
        next = Number(row.last);
        break;
      }
      const rowText = String(row.text);
      searched += rowText.length;
      for (const event of eventsWith(rowText, wanted)) events.add(event);
    }
    return {
      events: [...events],
      ...(next !== undefined && { next }),
      latest: Number(this.#statements.latest.get()?.last ?? 0),
    };
  }

  close(): void {
    this.#unlisten();
    this.#store.close();
  }

  #add(hop: Hop): void {
    this.#waiting.push(hop);
    if (hop.kind === "published") this.#waitingText += hop.body.length;
    if (this.#waiting.length >= hopsInRow || this.#waitingText >= messagesInRow) this.#write();
  }

  /** Recording a hop must not fail for want of room in the archive: it ends instead, and the search says so. */
  #write(): void {
    const hops = this.#waiting;
    const last = hops.at(-1)?.sequence;
    if (last === undefined) return;
    this.#waiting = [];
    this.#waitingText = 0;
    try {
      const text = searchText(hops);
      const json = JSON.stringify(hops);
      const size = text.length + json.length;
      this.#statements.insert.run(last, size, text, json);
      this.#size += size;
      while (this.#size > this.#most) this.#size -= Number(this.#statements.forget.get()?.size);
    } catch (error) {
      this.#problem = `Events are no longer recorded for the search: ${error}`;
      this.#unlisten();
    }
  }
}

function prepare(store: DatabaseSync) {
  return {
    insert: store.prepare("INSERT INTO hops (last, size, text, hops) VALUES (?, ?, ?, ?)"),
    forget: store.prepare(
      "DELETE FROM hops WHERE last = (SELECT min(last) FROM hops) RETURNING size",
    ),
    latest: store.prepare("SELECT max(last) AS last FROM hops"),
    hops: store.prepare("SELECT hops FROM hops WHERE last = ?"),
    since: store.prepare("SELECT last, text FROM hops WHERE last > ? ORDER BY last LIMIT ?"),
    before: store.prepare(
      "SELECT last, text FROM hops WHERE last > ? AND last <= ? ORDER BY last DESC",
    ),
  };
}
