/**
 * Replaces, in the text of states, what AWS and its provider make up: it differs from run to run. Names and
 * ids that are the same stay recognizable only by where they stand.
 */
export function withoutGenerated(text: string): string {
  return replacements.reduce((changed, [pattern, word]) => changed.replace(pattern, word), text);
}

const replacements: readonly (readonly [RegExp, string])[] = [
  // Ids of subscriptions, mappings, keys and the like.
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<uuid>"],
  // The provider's suffix of automatic names.
  [/-[0-9a-f]{7}(?![0-9a-z])/g, "-<suffix>"],
  // The local cloud makes the ids of roles of their names.
  [/\bAROA[0-9A-F]+/g, "<role id>"],
  // When functions and mappings were last changed.
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?(Z|\+0000)/g, "<time>"],
  // Where each local cloud listens.
  [/127\.0\.0\.1:\d+/g, "<endpoint>"],
];
