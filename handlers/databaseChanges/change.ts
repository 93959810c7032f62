import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { identifier } from "../samples/fields.ts";

const place = {
  table: identifier,
  key: identifier,
  /** Increases with each change of the row in the primary database. */
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
};

const row = v.record(v.string(), v.unknown());

const change = v.variant("operation", [
  v.object({ operation: v.picklist(["insert", "update"]), ...place, row }),
  v.object({ operation: v.literal("delete"), ...place }),
]);

/** A change of a row in the primary database; an insert or update holds the whole row. */
export type Change = v.InferOutput<typeof change>;

/** @throws PermanentError naming every problem by path */
export function readChange(body: string): Change {
  return parseJson(change, body, "database change");
}
