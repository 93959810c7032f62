import * as v from "valibot";

/** Shapes of fields that messages of several kinds have. */

/** An id that can be part of a key, a path or a name. */
export const identifier = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
    "Invalid id: Expected 1 to 128 letters, digits, dots, dashes or underscores",
  ),
);

export const emailAddress = v.pipe(v.string(), v.email(), v.maxLength(254));

/** A line of text for people: 1 to 200 characters, and nothing that breaks the line. */
export const line = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty(),
  v.maxLength(200),
  v.regex(/^\P{C}*$/u, "Invalid text: Expected no line breaks or control characters"),
);

/** A number that JavaScript and DynamoDB both keep as it is. */
export const measurement = v.pipe(v.number(), v.minValue(-1e15), v.maxValue(1e15));

/**
 * A moment in ISO 8601 with its offset from UTC: `2026-01-31T10:30:00+01:00`. Comes out in UTC, with
 * milliseconds, so that texts compare as the moments follow each other.
 */
export const moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text).toISOString()),
);
