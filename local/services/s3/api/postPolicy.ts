import * as v from "valibot";
import { S3Error } from "../s3Error.ts";

/** The fields of a form by name in lower case, and the size of its file in bytes. */
export type PostedForm = {
  readonly fields: Readonly<Record<string, string>>;
  readonly bucket: string;
  readonly size: number;
};

// A record would take a list as well.
const condition = v.union([v.array(v.unknown()), v.record(v.string(), v.string())]);

const policySchema = v.object({ expiration: v.string(), conditions: v.array(condition) });

type Condition = v.InferOutput<typeof condition>;

/**
 * Checks a form against the policy that its sender was given.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @param policy in base64
 * @param now cloud time in milliseconds since 1970
 * @throws S3Error InvalidPolicyDocument, AccessDenied, EntityTooLarge, EntityTooSmall
 */
export function checkPolicy(policy: string, form: PostedForm, now: number): void {
  const { expiration, conditions } = parsePolicy(policy);
  if (!(Date.parse(expiration) > now)) throw violated("Policy expired.");
  const named = new Set(conditions.map((each) => checkCondition(each, form)));
  const extra = Object.keys(form.fields).filter((name) => !named.has(name) && !isFree(name));
  if (extra.length > 0) throw violated(`Extra input fields: ${extra.join(", ")}`);
}

function parsePolicy(policy: string): v.InferOutput<typeof policySchema> {
  const text = Buffer.from(policy, "base64").toString("utf8");
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), policySchema), text);
  if (result.success) return result.output;
  throw invalidPolicy("Invalid JSON.");
}

/** Fields that no condition need name. */
function isFree(name: string): boolean {
  return (
    /^(?:awsaccesskeyid|signature|policy|x-amz-signature)$/.test(name) ||
    name.startsWith("x-ignore-")
  );
}

/** @returns the name of the field that it is about */
function checkCondition(given: Condition, form: PostedForm): string {
  const [operator, subject, value, ...more] = Array.isArray(given) ? given : simple(given);
  if (operator === "content-length-range") {
    checkSize(given, [subject, value], form.size);
    return "file";
  }
  const name = String(subject).toLowerCase().replace(/^\$/, "");
  const actual = name === "bucket" ? form.bucket : form.fields[name];
  const holds =
    String(subject).startsWith("$") &&
    typeof value === "string" &&
    more.length === 0 &&
    compare(String(operator), actual, value);
  if (!holds) throw failed([operator, subject, value]);
  return name;
}

/** `{ "acl": "private" }` as `["eq", "$acl", "private"]`. */
function simple(given: Readonly<Record<string, string>>): [string, string, string] {
  const [entry, ...more] = Object.entries(given);
  if (entry === undefined || more.length > 0) {
    throw invalidPolicy(
      "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
    );
  }
  const [name, value] = entry;
  return ["eq", `$${name}`, value];
}

function compare(operator: string, actual: string | undefined, value: string): boolean {
  if (operator === "eq") return actual === value;
  return operator === "starts-with" && (actual ?? "").startsWith(value);
}

function checkSize(
  given: Condition,
  [least, most]: readonly [unknown, unknown],
  size: number,
): void {
  const [minimum, maximum] = [Number(least), Number(most)];
  if (Number.isNaN(minimum) || Number.isNaN(maximum)) throw failed(given);
  if (size > maximum) {
    throw new S3Error("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
      details: { ProposedSize: String(size), MaxSizeAllowed: String(maximum) },
    });
  }
  if (size >= minimum) return;
  throw new S3Error(
    "EntityTooSmall",
    "Your proposed upload is smaller than the minimum allowed size",
    { details: { ProposedSize: String(size), MinSizeAllowed: String(minimum) } },
  );
}

function failed(given: Condition): S3Error {
  const parts = Object.values(given).map((part) => JSON.stringify(part));
  return violated(`Policy Condition failed: [${parts.join(", ")}]`);
}

function violated(reason: string): S3Error {
  return new S3Error("AccessDenied", `Invalid according to Policy: ${reason}`, { status: 403 });
}

function invalidPolicy(reason: string): S3Error {
  return new S3Error("InvalidPolicyDocument", `Invalid Policy: ${reason}`);
}
