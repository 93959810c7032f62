import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fromJson, toJson } from "../values/json.ts";
import type { ResourceState } from "./resourceState.ts";
import type { StateStore } from "./stateStore.ts";

const schema = `
  CREATE TABLE IF NOT EXISTS stack_resources (
    sequence INTEGER PRIMARY KEY,
    stack TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    UNIQUE (stack, key)
  ) STRICT`;

/** Keeps resources in the local cloud's database, beside the data that they stand for. */
export class DatabaseStateStore implements StateStore {
  readonly #stack: string;
  readonly #select: StatementSync;
  readonly #upsert: StatementSync;
  readonly #delete: StatementSync;
  /** What the database holds, to write only what is new. */
  readonly #saved = new Map<string, string>();

  /** @param stack project and stack, `shop/dev` */
  constructor(store: DatabaseSync, stack: string) {
    store.exec(schema);
    this.#stack = stack;
    this.#select = store.prepare(
      "SELECT key, state FROM stack_resources WHERE stack = ? ORDER BY sequence",
    );
    this.#upsert = store.prepare(
      `INSERT INTO stack_resources (stack, key, state) VALUES (?, ?, ?)
       ON CONFLICT (stack, key) DO UPDATE SET state = excluded.state`,
    );
    this.#delete = store.prepare("DELETE FROM stack_resources WHERE stack = ? AND key = ?");
  }

  /** Replaces a text wherever it stands in what is kept of any stack. */
  static replaceText(store: DatabaseSync, before: string, after: string): void {
    store.exec(schema);
    store.prepare("UPDATE stack_resources SET state = replace(state, ?, ?)").run(before, after);
  }

  load(): readonly ResourceState[] {
    return this.#select.all(this.#stack).map(({ key, state }) => {
      const text = String(state);
      this.#saved.set(String(key), text);
      return parseState(text);
    });
  }

  save(resource: ResourceState): void {
    const text = JSON.stringify({
      ...resource,
      inputs: toJson(resource.inputs),
      outputs: toJson(resource.outputs),
    });
    if (this.#saved.get(resource.key) === text) return;
    this.#upsert.run(this.#stack, resource.key, text);
    this.#saved.set(resource.key, text);
  }

  remove(key: string): void {
    this.#delete.run(this.#stack, key);
    this.#saved.delete(key);
  }
}

function parseState(text: string): ResourceState {
  const parsed: ResourceState = JSON.parse(text);
  return { ...parsed, inputs: fromJson(parsed.inputs), outputs: fromJson(parsed.outputs) };
}
