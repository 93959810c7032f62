import * as v from "valibot";

/** Schemas of fields that several kinds of messages share. */

/** An id that can be part of a key, a path or a name. */
export const identifier = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
    "Invalid id: Expected 1 to 128 letters, digits, dots, dashes or underscores",
  ),
);

export const emailAddress = v.pipe(v.string(), v.email(), v.maxLength(254));

/** A line of text for people: 1 to 200 characters, without control characters. */
export const line = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(),
  v.maxLength(200),
  v.regex(/^\P{C}*$/u, "Invalid text: Expected no line breaks or control characters"),
);

/** A number that JavaScript and DynamoDB both represent exactly. */
export const measurement = v.pipe(v.number(), v.minValue(-1e15), v.maxValue(1e15));

/**
 * A time in ISO 8601 with its offset from UTC: `2026-01-31T10:30:00+01:00`. Converted to UTC with
 * milliseconds, so that strings sort in the order of the times.
 */
export const moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text).toISOString()),
);
