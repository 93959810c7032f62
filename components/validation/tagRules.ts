import { show } from "./problem.ts";

/**
 * Why one of the services that the tags reach rejects them. IAM has the narrowest rules: its alphabet, and
 * keys that differ in more than case.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TagResource.html
 * https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html
 */
export function tagProblems(tags: Readonly<Record<string, unknown>>): string[] {
  const keys = Object.keys(tags);
  const problems = Object.entries(tags).flatMap(([key, value]) => [
    ...keyProblems(key),
    ...(typeof value === "string" ? valueProblems(key, value) : []),
  ]);
  const alike = keys.filter(
    (key, index) => keys.findIndex((other) => other.toLowerCase() === key.toLowerCase()) < index,
  );
  return [
    ...(keys.length > 50 ? [`tags: at most 50 (given ${keys.length})`] : []),
    ...problems,
    ...alike.map((key) => `tag ${show(key)}: IAM has another tag whose key differs in case only`),
  ];
}

export const tagAlphabet = "letters, digits, spaces and _.:/=+-@";
const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function keyProblems(key: string): string[] {
  const { length } = [...key];
  return [
    ...(length < 1 || length > 128 ? [`tag ${show(key)}: a key has 1 to 128 characters`] : []),
    ...(/^aws:/i.test(key) ? [`tag ${show(key)}: aws: is reserved for AWS`] : []),
    ...(allowed.test(key) ? [] : [`tag ${show(key)}: a key may have only ${tagAlphabet}`]),
  ];
}

function valueProblems(key: string, value: string): string[] {
  const { length } = [...value];
  return [
    ...(length > 256
      ? [`tag ${show(key)}: a value has at most 256 characters (given ${length})`]
      : []),
    ...(allowed.test(value)
      ? []
      : [`tag ${show(key)}: a value may have only ${tagAlphabet} (given ${show(value)})`]),
  ];
}
