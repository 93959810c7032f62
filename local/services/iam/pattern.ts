import { remembered } from "../../protocol/remembered.ts";

/** Whether a text matches a pattern of IAM: `*` for any letters, `?` for exactly one. */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let from = 0;
  // Where the latest `*` is, and up to where it reaches: one letter more at each mismatch after it.
  let star = -1;
  let reach = 0;
  while (from < text.length) {
    const letter = pattern[at];
    if (letter === "*") {
      star = at++;
      reach = from;
    } else if (letter === "?" || letter === text[from]) {
      at++;
      from++;
    } else if (star >= 0) {
      at = star + 1;
      from = ++reach;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
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

/** The six parts of an ARN, the resource with its colons. A stack has some hundreds, asked for again and again. */
const arnParts = remembered(10_000, (arn): readonly string[] | undefined => {
  const parts = arn.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
});
