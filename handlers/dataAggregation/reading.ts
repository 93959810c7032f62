import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { identifier, measurement, moment } from "../samples/fields.ts";

const reading = v.object({
  /** Unique in its source. */
  readingId: identifier,
  source: identifier,
  time: moment,
  value: measurement,
});

/** A number that a source reports. */
export type Reading = v.InferOutput<typeof reading>;

/** @throws PermanentError naming every problem by path */
export function readReading(body: string): Reading {
  return parseJson(reading, body, "reading");
}
