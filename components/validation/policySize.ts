import { policyLimits } from "../policyDocument.ts";
import { grouped } from "./rule.ts";
import { isDeferred } from "./schema.ts";

/** Why AWS rejects a policy of this size, or undefined. Outputs count as empty. */
export function tooLarge(kind: keyof typeof advice, document: unknown): string | undefined {
  const size = Buffer.byteLength(JSON.stringify(withoutDeferred(document)));
  const limit = policyLimits[kind];
  return size > limit
    ? `the policy of the ${kind} would have at least ${grouped(size)} bytes; AWS allows ${grouped(limit)}: ${advice[kind]}`
    : undefined;
}

const advice = {
  topic: "name fewer sources, publishers or subscribers",
  key: "name fewer sources or publishers",
  role: "name fewer resources in handler.permissions",
};

/** The value with an empty string in place of each Output. */
function withoutDeferred(value: unknown): unknown {
  if (isDeferred(value)) return "";
  if (Array.isArray(value)) return value.map(withoutDeferred);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutDeferred(inner)]),
  );
}
