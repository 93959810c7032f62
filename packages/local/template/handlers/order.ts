import * as v from "valibot";

/** The body of a message. */
export const order = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  /** In cents. */
  total: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

export type Order = v.InferOutput<typeof order>;
