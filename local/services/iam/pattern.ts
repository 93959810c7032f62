/** Whether a text matches a pattern of IAM: `*` for any letters, `?` for exactly one. */
export function matchesPattern(pattern: string, text: string): boolean {
  return expression(pattern).test(text);
}

/**
 * Whether an ARN matches a pattern part by part: a `*` in one part does not reach over a colon, but in
 * the last part, the resource, it does.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = arnParts(pattern);
  const given = arnParts(arn);
  if (wanted === undefined || given === undefined) return pattern === "*";
  return wanted.every((part, index) => matchesPattern(part, given[index] ?? ""));
}

/** The six parts of an ARN, the resource with its colons. */
function arnParts(arn: string): string[] | undefined {
  const parts = arn.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

const expressions = new Map<string, RegExp>();

/** A stack's policies hold a few hundred patterns, asked again for every message. */
function expression(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const made = new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^]")}$`);
  expressions.set(pattern, made);
  return made;
}
