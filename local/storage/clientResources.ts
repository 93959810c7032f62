import type { DatabaseSync, StatementSync } from "node:sqlite";

/** What clients make by the API, and no service keeps in the store by itself. */
export type ClientResourceKind = "function" | "mapping" | "policy" | "role" | "streamMapping";

const schema = `
  CREATE TABLE IF NOT EXISTS client_resources (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    definition TEXT NOT NULL,
    contents TEXT,
    PRIMARY KEY (kind, id)
  ) STRICT`;

/**
 * Definitions of what clients made by the API, from which a cloud that opens again on its data makes it. What
 * programs make is in the provider's own list.
 */
export class ClientResources {
  readonly #keeps: boolean;
  readonly #save: StatementSync;
  readonly #setContents: StatementSync;
  readonly #list: StatementSync;
  readonly #contents: StatementSync;
  readonly #remove: StatementSync;

  /** @param keeps false for a store that ends with the cloud: nothing is kept then */
  constructor(store: DatabaseSync, keeps: boolean) {
    store.exec(schema);
    this.#keeps = keeps;
    this.#save = store.prepare(
      `INSERT INTO client_resources (kind, id, definition) VALUES (?, ?, ?)
       ON CONFLICT (kind, id) DO UPDATE SET definition = excluded.definition
       WHERE definition <> excluded.definition`,
    );
    this.#setContents = store.prepare(
      "UPDATE client_resources SET contents = ? WHERE kind = ? AND id = ?",
    );
    this.#list = store.prepare(
      "SELECT id, definition FROM client_resources WHERE kind = ? ORDER BY rowid",
    );
    this.#contents = store.prepare(
      "SELECT contents FROM client_resources WHERE kind = ? AND id = ?",
    );
    this.#remove = store.prepare("DELETE FROM client_resources WHERE kind = ? AND id = ?");
  }

  /** Keeps a resource, or what has become of it. The order in which resources were made stays. */
  save(kind: ClientResourceKind, id: string, definition: object): void {
    if (this.#keeps) this.#save.run(kind, id, JSON.stringify(definition));
  }

  /** Keeps what is large and seldom changes, apart from the definition. */
  setContents(kind: ClientResourceKind, id: string, contents: string): void {
    this.#setContents.run(contents, kind, id);
  }

  contents(kind: ClientResourceKind, id: string): string {
    return String(this.#contents.get(kind, id)?.contents ?? "");
  }

  /** Definitions as JSON text, in the order in which the resources were made. */
  list(kind: ClientResourceKind): { readonly id: string; readonly definition: string }[] {
    return this.#list
      .all(kind)
      .map(({ id, definition }) => ({ id: String(id), definition: String(definition) }));
  }

  has(kind: ClientResourceKind, id: string): boolean {
    return this.#contents.get(kind, id) !== undefined;
  }

  remove(kind: ClientResourceKind, id: string): void {
    this.#remove.run(kind, id);
  }
}
