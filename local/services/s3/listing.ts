import type { ObjectTable } from "./objectTable.ts";
import type { Position, StoredObject } from "./storedObject.ts";

export type ListingRequest = {
  readonly bucket: string;
  /** @default every key */
  readonly prefix?: string;
  /** Keys that go on after the prefix up to this text are rolled up into one common prefix. */
  readonly delimiter?: string;
  /** Where the page begins. A common prefix is skipped as a whole. @default at the first key */
  readonly after?: Position | { readonly commonPrefix: string };
  /** The most objects and common prefixes of the page. */
  readonly limit: number;
  /** All versions and delete markers, or the objects that a key has now. */
  readonly versions: boolean;
};

export type ListingEntry =
  | { readonly object: StoredObject; readonly latest: boolean }
  | { readonly commonPrefix: string };

export type ListingPage = {
  readonly entries: readonly ListingEntry[];
  readonly truncated: boolean;
};

/** A sequence that no version has reached. */
const newest = Number.MAX_SAFE_INTEGER;

/**
 * A page of a bucket's keys in the order of their UTF-8 bytes. It costs what it shows: the keys under
 * a common prefix are stepped over, not read.
 */
export function listPage(table: ObjectTable, request: ListingRequest): ListingPage {
  const entries: ListingEntry[] = [];
  if (request.limit === 0) return { entries, truncated: false };
  for (const entry of entriesOf(table, request)) {
    if (entries.length === request.limit) return { entries, truncated: true };
    entries.push(entry);
  }
  return { entries, truncated: false };
}

function* entriesOf(table: ObjectTable, request: ListingRequest): Generator<ListingEntry> {
  let position = firstPosition(request);
  while (position !== undefined) {
    const commonPrefix: string | undefined = yield* entriesUpToPrefix(table, request, position);
    if (commonPrefix === undefined) return;
    yield { commonPrefix };
    position = positionBehind(commonPrefix);
  }
}

/** Yields objects, until a key belongs to a common prefix: that one it returns. */
function* entriesUpToPrefix(
  table: ObjectTable,
  { bucket, prefix = "", delimiter, versions }: ListingRequest,
  position: Position,
): Generator<ListingEntry, string | undefined> {
  let previousKey = firstPreviousKey(table, bucket, position);
  for (const object of table.after(bucket, position)) {
    if (!object.key.startsWith(prefix)) return undefined;
    const latest = object.key !== previousKey;
    previousKey = object.key;
    if (!versions && (!latest || object.deleteMarker)) continue;
    const commonPrefix = commonPrefixOf(object.key, prefix, delimiter);
    if (commonPrefix !== undefined) return commonPrefix;
    yield { object, latest };
  }
  return undefined;
}

/** The position's key, if it has a version before the position: what follows is not its latest. */
function firstPreviousKey(
  table: ObjectTable,
  bucket: string,
  { key, sequence }: Position,
): string | undefined {
  const latest = sequence < newest ? table.latest(bucket, key) : undefined;
  return latest && latest.sequence >= sequence ? key : undefined;
}

function commonPrefixOf(
  key: string,
  prefix: string,
  delimiter: string | undefined,
): string | undefined {
  const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return delimiter && end >= 0 ? key.slice(0, end + delimiter.length) : undefined;
}

function firstPosition({ prefix = "", after }: ListingRequest): Position | undefined {
  const start = positionBefore(prefix);
  if (after === undefined) return start;
  const position = "commonPrefix" in after ? positionBehind(after.commonPrefix) : after;
  return position === undefined || isBefore(start, position) ? position : start;
}

/** Before every version of the key. */
function positionBefore(key: string): Position {
  return { key, sequence: newest };
}

/** After every key that begins with `prefix`; undefined when none can follow. */
function positionBehind(prefix: string): Position | undefined {
  const characters = [...prefix];
  for (let last = characters.pop(); last !== undefined; last = characters.pop()) {
    const next = nextCodePoint(last.codePointAt(0) ?? 0);
    if (next !== undefined) return positionBefore(characters.join("") + String.fromCodePoint(next));
  }
  return undefined;
}

function nextCodePoint(code: number): number | undefined {
  if (code === 0x10ffff) return undefined;
  // Surrogates are no characters of their own.
  return code === 0xd7ff ? 0xe000 : code + 1;
}

function isBefore(a: Position, b: Position): boolean {
  const order = Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
  return order < 0 || (order === 0 && a.sequence > b.sequence);
}
