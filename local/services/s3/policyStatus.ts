import * as v from "valibot";

const conditions = v.record(v.string(), v.record(v.string(), v.unknown()));

const statement = v.object({
  Effect: v.string(),
  Principal: v.optional(v.unknown()),
  Condition: v.optional(conditions, {}),
});

const policySchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ Statement: v.union([v.array(statement), statement]) }),
);

/**
 * Whether a bucket's policy grants something to everyone.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * @param policy JSON text
 */
export function isPublicPolicy(policy: string): boolean {
  const { Statement } = v.parse(policySchema, policy);
  return [Statement]
    .flat()
    .some(
      ({ Effect, Principal, Condition }) =>
        Effect === "Allow" && isEveryone(Principal) && !isNarrowed(Condition),
    );
}

function isEveryone(principal: unknown): boolean {
  if (principal === "*") return true;
  if (typeof principal !== "object" || principal === null) return false;
  return Object.entries(principal).some(([kind, names]) => kind === "AWS" && hasWildcard(names));
}

/** Keys whose fixed values name the callers. */
const narrowing = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:username",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

function isNarrowed(condition: v.InferOutput<typeof conditions>): boolean {
  return Object.values(condition)
    .flatMap((keys) => Object.entries(keys))
    .some(([key, values]) => narrowing.has(key.toLowerCase()) && !hasWildcard(values));
}

/** A network of all addresses narrows as little as a star. */
function hasWildcard(values: unknown): boolean {
  return [values]
    .flat()
    .some((value) => typeof value === "string" && /^(?:\*|0\.0\.0\.0\/0|::\/0)$/.test(value));
}
