import { account, formatArn } from "../../arn.ts";

const forms = [
  /^arn:aws:lambda:(?<region>[^:]*):(?<account>\d*):function:(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
  /^(?<account>\d{12}):function:(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
  /^(?:function:)?(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
];

/**
 * The ARN of the function that a text means: a name, an ARN, or an ARN's end from the account on. The
 * qualifier `$LATEST` is left out. Any other stays: the local cloud has no versions and no aliases.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters
 */
export function functionArnOf(text: string, region: string): string {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups?.name === undefined) return text;
  const { name, qualifier = "$LATEST" } = groups;
  const resource = `function:${name}${qualifier === "$LATEST" ? "" : `:${qualifier}`}`;
  const own = formatArn("lambda", groups.region ?? region, resource);
  return own.replace(`:${account}:`, `:${groups.account ?? account}:`);
}
