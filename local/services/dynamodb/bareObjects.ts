import { pipeline, type Readable, Transform } from "node:stream";
import type { Store, SubDatabase } from "dynalite/db/index.js";

/**
 * An attribute may have any name. In a plain object `__proto__` is no member, and `constructor` seems to be
 * one: items are handled as objects without a prototype.
 */

/** The value with every object in it without a prototype. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  const object: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) object[name] = bare(member);
  return object;
}

/** Stands for `__proto__` where plain objects are built. */
const placeholder = "\u0000__proto__";

/** Work on an input that loses members named `__proto__`, without losing them. */
export function keepingProto(
  input: Readonly<Record<string, unknown>>,
  work: (input: Record<string, unknown>) => Record<string, unknown>,
): Record<string, unknown> {
  const renamed = renameKeys(input, "__proto__", placeholder);
  return renameKeys(work(renamed), placeholder, "__proto__");
}

function renameKeys(object: object, from: string, to: string): Record<string, unknown> {
  const renamed: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(object)) {
    renamed[name === from ? to : name] = renamedIn(value, from, to);
  }
  return renamed;
}

function renamedIn(value: unknown, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((each) => renamedIn(each, from, to));
  if (typeof value !== "object" || value === null) return value;
  return renameKeys(value, from, to);
}

/** The store, whose items are read without prototypes. */
export function withBareItems(store: Store): Store {
  const { getItemDb, getIndexDb } = store;
  return {
    ...store,
    getItemDb: (table) => reading(getItemDb(table)),
    getIndexDb: (kind, table, index) => reading(getIndexDb(kind, table, index)),
  };
}

function reading(database: SubDatabase): SubDatabase {
  return {
    ...database,
    get: (key, callback) =>
      database.get(key, (error, item) => callback(error, item === undefined ? item : bare(item))),
    createValueStream: (options) => bareStream(database.createValueStream(options)),
  };
}

function bareStream(values: Readable): Readable {
  const stripping = new Transform({
    objectMode: true,
    transform: (value, _encoding, done) => done(null, bare(value)),
  });
  // A reader that has enough destroys the stream, which ends the other one too.
  return pipeline(values, stripping, () => {});
}
