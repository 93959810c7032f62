import type { DatabaseSync } from "node:sqlite";
import {
  AssetValue,
  isList,
  isMap,
  mapValues,
  type PropertyMap,
  type PropertyValue,
} from "../pulumi/values/propertyValue.ts";
import type { CodeFiles } from "../services/lambda/code.ts";

/** A resource that the provider made, as it was deployed last. */
export type MadeResource = {
  /** Pulumi's token. */
  readonly type: string;
  readonly id: string;
  /** The logical name. */
  readonly name: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
};

const schema = `
  CREATE TABLE IF NOT EXISTS resources (
    type TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    inputs TEXT NOT NULL,
    outputs TEXT NOT NULL,
    PRIMARY KEY (type, id)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS resource_assets (
    hash TEXT PRIMARY KEY,
    contents TEXT NOT NULL
  ) STRICT`;

/**
 * What the provider has made on this data. It answers for those types whose state no service keeps, and
 * is what a cloud that forgets functions, roles and their like makes them from when it opens again.
 */
export class MadeResources {
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
  }

  /** Replaces a text wherever it stands in ids and properties. */
  static replaceText(store: DatabaseSync, before: string, after: string): void {
    store.exec(schema);
    store
      .prepare(
        "UPDATE resources SET id = replace(id, :before, :after), inputs = replace(inputs, :before, :after), outputs = replace(outputs, :before, :after)",
      )
      .run({ before, after });
  }

  /** Notes a resource, or what has become of it. The order in which resources were made stays. */
  save({ type, id, name, inputs, outputs }: MadeResource): void {
    this.#store
      .prepare(
        `INSERT INTO resources (type, id, name, inputs, outputs) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (type, id) DO UPDATE
         SET name = excluded.name, inputs = excluded.inputs, outputs = excluded.outputs`,
      )
      .run(type, id, name, encode(inputs), encode(outputs));
  }

  find(type: string, id: string): MadeResource | undefined {
    const row = this.#store
      .prepare("SELECT type, id, name, inputs, outputs FROM resources WHERE type = ? AND id = ?")
      .get(type, id);
    return row && madeResource(row);
  }

  /** In the order in which they were made. */
  list(): MadeResource[] {
    const rows = this.#store
      .prepare("SELECT type, id, name, inputs, outputs FROM resources ORDER BY rowid")
      .all();
    return rows.map(madeResource);
  }

  /** `TYPE ID` of each. */
  identities(): ReadonlySet<string> {
    const rows = this.#store.prepare("SELECT type, id FROM resources").all();
    return new Set(rows.map(({ type, id }) => `${type} ${id}`));
  }

  remove(type: string, id: string): void {
    this.#store.prepare("DELETE FROM resources WHERE type = ? AND id = ?").run(type, id);
  }

  /** Keeps the files of an asset for the time when its own are gone. */
  saveFiles(hash: string, files: CodeFiles): void {
    const contents = Object.entries(files).map(([path, content]) => [
      path,
      Buffer.from(content).toString("base64"),
    ]);
    this.#store
      .prepare("INSERT OR IGNORE INTO resource_assets (hash, contents) VALUES (?, ?)")
      .run(hash, JSON.stringify(contents));
  }

  /** Forgets the files of assets that no resource has any more. */
  removeUnusedFiles(): void {
    this.#store.exec(
      `DELETE FROM resource_assets WHERE NOT EXISTS (
         SELECT 1 FROM resources WHERE instr(resources.inputs, resource_assets.hash) > 0
       )`,
    );
  }

  files(hash: string): CodeFiles | undefined {
    const row = this.#store
      .prepare("SELECT contents FROM resource_assets WHERE hash = ?")
      .get(hash);
    if (row === undefined) return undefined;
    const contents: [string, string][] = JSON.parse(String(row.contents));
    return Object.fromEntries(
      contents.map(([path, content]) => [path, Buffer.from(content, "base64")]),
    );
  }
}

function madeResource(row: Record<string, unknown>): MadeResource {
  return {
    type: String(row.type),
    id: String(row.id),
    name: String(row.name),
    inputs: decode(String(row.inputs)),
    outputs: decode(String(row.outputs)),
  };
}

/** Of an asset only its hash is kept with the properties; its files are kept apart. */
const assetMark = "__asset";

function encode(properties: PropertyMap): string {
  return JSON.stringify(encoded(properties));
}

function encoded(value: PropertyValue): PropertyValue {
  if (value instanceof AssetValue) return { [assetMark]: value.value.hash ?? "" };
  if (isList(value)) return value.map(encoded);
  return isMap(value) ? mapValues(value, encoded) : value;
}

function decode(text: string): PropertyMap {
  const properties: PropertyMap = JSON.parse(text);
  return mapValues(properties, decoded);
}

function decoded(value: PropertyValue): PropertyValue {
  if (isList(value)) return value.map(decoded);
  if (!isMap(value)) return value;
  const hash = value[assetMark];
  return typeof hash === "string"
    ? new AssetValue({ kind: "assetArchive", assets: {}, hash })
    : mapValues(value, decoded);
}
