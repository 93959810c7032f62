import {
  isReservedTagKey,
  isTagText,
  tagAlphabet,
  tagCharacters,
  tagLimits,
} from "../../aws/tags.ts";
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
    ...(keys.length > tagLimits.tags
      ? [`tags: at most ${tagLimits.tags} (given ${keys.length})`]
      : []),
    ...problems,
    ...alike.map((key) => `tag ${show(key)}: IAM has another tag whose key differs in case only`),
  ];
}

function keyProblems(key: string): string[] {
  const { min, max } = tagLimits.key;
  const length = tagCharacters(key);
  return [
    ...(length < min || length > max
      ? [`tag ${show(key)}: a key has ${min} to ${max} characters`]
      : []),
    ...(isReservedTagKey(key) ? [`tag ${show(key)}: aws: is reserved for AWS`] : []),
    ...(isTagText(key) ? [] : [`tag ${show(key)}: a key may have only ${tagAlphabet}`]),
  ];
}

function valueProblems(key: string, value: string): string[] {
  const { max } = tagLimits.value;
  const length = tagCharacters(value);
  return [
    ...(length > max
      ? [`tag ${show(key)}: a value has at most ${max} characters (given ${length})`]
      : []),
    ...(isTagText(value)
      ? []
      : [`tag ${show(key)}: a value may have only ${tagAlphabet} (given ${show(value)})`]),
  ];
}
