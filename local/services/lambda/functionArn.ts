import { account, formatArn } from "../../arn.ts";

const forms = [
  /^arn:aws:lambda:(?<region>[^:]*):(?<account>\d*):function:(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
  /^(?<account>\d{12}):function:(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
  /^(?:function:)?(?<name>[^:]+)(?::(?<qualifier>.+))?$/,
];

/**
 * The ARN of the function that a text means: a name, an ARN, or an ARN's end from the account on. The
 * qualifier `$LATEST` is left out.
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

/** The ARN of a function, and the version or alias that a qualified one names. */
export function qualifiedArn(arn: string): {
  readonly arn: string;
  readonly qualifier: string | undefined;
} {
  const [, unqualified = arn, qualifier] =
    /^(arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+):(.+)$/.exec(arn) ?? [];
  return { arn: unqualified, qualifier };
}

/** The version or alias that an ARN names: a number, a name, or `$LATEST`. */
export function qualifierOf(arn: string): string {
  return qualifiedArn(arn).qualifier ?? "$LATEST";
}

/** The ARN with its qualifier, as some answers of Lambda have it even for `$LATEST`. */
export function withQualifier(arn: string): string {
  return `${qualifiedArn(arn).arn}:${qualifierOf(arn)}`;
}

/** A name, or an ARN, with the version or alias that is given beside it. */
export function qualified(name: string, qualifier: string | null | undefined): string {
  return qualifier === undefined || qualifier === null ? name : `${name}:${qualifier}`;
}

/** What API Gateway calls to invoke the function. */
export function invokeArn(region: string, arn: string): string {
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}
