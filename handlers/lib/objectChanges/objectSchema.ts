import * as v from "valibot";

/** Bytes of an object. */
export const objectSize = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const sequencer = v.pipe(v.string(), v.hexadecimal());
