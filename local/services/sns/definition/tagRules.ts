import {
  isReservedTagKey,
  isTagText,
  tagAlphabet,
  tagCharacters,
  tagLimits,
} from "../../../../aws/tags.ts";
import { violation } from "../../../protocol/constraint.ts";
import { invalidParameterBecause, limitExceeded } from "../errors.ts";

export type Tags = Readonly<Record<string, string>>;

/**
 * Refuses tags that SNS does not take.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html
 * @param given by the call
 * @param present on the topic already. @default none
 * @throws AwsError ValidationError, InvalidParameter, TagLimitExceeded
 */
export function checkTags(given: Tags, present: Tags = {}): void {
  Object.entries(given).forEach(([key, value], index) => {
    checkLength(`tags.${index + 1}.member.key`, key, tagLimits.key);
    checkLength(`tags.${index + 1}.member.value`, value, tagLimits.value);
    if (isReservedTagKey(key)) {
      throw invalidParameterBecause("Tags", `the key ${key} begins with aws:, which is reserved`);
    }
    for (const text of [key, value]) {
      if (isTagText(text)) continue;
      throw invalidParameterBecause("Tags", `${text} has other characters than ${tagAlphabet}`);
    }
  });
  const count = Object.keys({ ...present, ...given }).length;
  if (count <= tagLimits.tags) return;
  throw limitExceeded(
    "TagLimitExceeded",
    `Could not complete request: tag quota of per resource exceeded (${count}, at most ${tagLimits.tags})`,
    400,
  );
}

function checkLength(
  path: string,
  text: string,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const length = tagCharacters(text);
  if (length >= min && length <= max) return;
  const constraint =
    length < min
      ? `have length greater than or equal to ${min}`
      : `have length less than or equal to ${max}`;
  throw violation(path, text, constraint, "ValidationError");
}
