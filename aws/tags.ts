/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices */
export const tagLimits = {
  /** Of one resource. */
  tags: 50,
  /** Characters. */
  key: { min: 1, max: 128 },
  /** Characters. */
  value: { min: 0, max: 256 },
} as const;

export const tagAlphabet = "letters, digits, spaces and _.:/=+-@";

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** Whether a key or value has nothing but characters of the alphabet. */
export function isTagText(text: string): boolean {
  return allowed.test(text);
}

/** Whether only AWS itself may set tags of that key. */
export function isReservedTagKey(key: string): boolean {
  return /^aws:/i.test(key);
}

/** Of a key or value, as AWS counts them. */
export function tagCharacters(text: string): number {
  return [...text].length;
}
