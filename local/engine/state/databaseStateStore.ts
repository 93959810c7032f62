import type { DatabaseSync, StatementSync } from "node:sqlite";
import { fromJson, toJson } from "../../pulumi/values/json.ts";
import type { Cipher } from "./cipher.ts";
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
  readonly #cipher: Cipher;
  /** What the database holds, secrets opened, to write only what is new. */
  readonly #saved = new Map<string, string>();

  /** @param stack project and stack, `shop/dev` */
  constructor(store: DatabaseSync, stack: string, cipher: Cipher) {
    this.#cipher = cipher;
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
      const resource = parseState(String(state), this.#cipher);
      this.#saved.set(String(key), textOf(resource, opened));
      return resource;
    });
  }

  save(resource: ResourceState): void {
    const text = textOf(resource, opened);
    if (this.#saved.get(resource.key) === text) return;
    this.#upsert.run(this.#stack, resource.key, textOf(resource, this.#cipher));
    this.#saved.set(resource.key, text);
  }

  remove(key: string): void {
    this.#delete.run(this.#stack, key);
    this.#saved.delete(key);
  }
}

/** An encrypted text differs each time: states are compared without. */
const opened = { encrypt: (text: string) => text };

function textOf(resource: ResourceState, secrets: Pick<Cipher, "encrypt">): string {
  const { inputs, outputs } = resource;
  return JSON.stringify({
    ...resource,
    inputs: toJson(inputs, secrets),
    outputs: toJson(outputs, secrets),
  });
}

function parseState(text: string, cipher: Cipher): ResourceState {
  const parsed: ResourceState = JSON.parse(text);
  const { inputs, outputs } = parsed;
  return { ...parsed, inputs: fromJson(inputs, cipher), outputs: fromJson(outputs, cipher) };
}
