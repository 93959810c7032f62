import { orBranches } from "./filterPolicy/filterPolicy.ts";
import { compileTest, wildcardPieces } from "./filterPolicy/operators.ts";
import { isObject } from "./jsonObject.ts";
import { encodeObjectKey, occursInEncodedKeys } from "./objectKeys.ts";
import { eventTypeCovers, s3EventNames } from "./s3Events.ts";

/**
 * Fields of S3's event messages. Numbers are compared as numbers, all others as text.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export const s3EventFields: readonly string[] = [
  ...["eventVersion", "eventSource", "awsRegion", "eventTime", "eventName"],
  ...["userIdentity.principalId", "requestParameters.sourceIPAddress"],
  ...["responseElements.x-amz-request-id", "responseElements.x-amz-id-2"],
  ...["s3.s3SchemaVersion", "s3.configurationId", "s3.bucket.name", "s3.bucket.arn"],
  ...["s3.bucket.ownerIdentity.principalId", "s3.object.key", "s3.object.size"],
  ...["s3.object.eTag", "s3.object.versionId", "s3.object.sequencer"],
].map((field) => `Records.${field}`);

/** Objects that S3 adds to events of their kind, and fields of the message that tests a destination. */
const otherFields = /^Records\.\w+EventData\.|^(Service|Event|Time|Bucket|RequestId|HostId)$/;

/** The values that a filter lists for a field. */
type Leaf = { readonly path: string; readonly values: readonly unknown[] };

/** Fields that a filter on the body requires and messages of S3 do not have. */
export function unknownS3Fields(filter: unknown): string[] {
  const paths = leavesOf(filter, "")
    .filter(({ values }) => !values.some((value) => isObject(value) && value.exists === false))
    .map(({ path }) => path);
  return [...new Set(paths)].filter(
    (path) => !s3EventFields.includes(path) && !otherFields.test(path),
  );
}

/**
 * Values of a filter on the body that match no message of S3, each with the reason.
 *
 * @param eventTypes that buckets publish, such as `s3:ObjectCreated:*`; undefined if not all are known
 */
export function unmatchedS3Values(
  filter: unknown,
  eventTypes: readonly string[] | undefined,
): string[] {
  return leavesOf(filter, "").flatMap(({ path, values }) =>
    values
      .flatMap(comparedTexts)
      .map((value) => reasonAgainst(path, value, eventTypes))
      .filter((reason) => reason !== undefined)
      .map((reason) => `at "${path}": ${reason}`),
  );
}

function leavesOf(policy: unknown, prefix: string): Leaf[] {
  if (!isObject(policy)) return [];
  return Object.entries(policy).flatMap(([key, value]) => {
    const branches = orBranches(key, value);
    if (branches !== undefined) return branches.flatMap((branch) => leavesOf(branch, prefix));
    const path = prefix + key;
    return Array.isArray(value) ? [{ path, values: value }] : leavesOf(value, `${path}.`);
  });
}

/** What a value compares with a field: without `anything-but`, whose values should occur as well. */
function comparedTexts(value: unknown): unknown[] {
  return isObject(value) && "anything-but" in value ? [value["anything-but"]].flat() : [value];
}

function reasonAgainst(
  path: string,
  value: unknown,
  eventTypes: readonly string[] | undefined,
): string | undefined {
  switch (path) {
    case "Records.eventSource":
      return compileTest(value)("aws:s3") ? undefined : `${shown(value)} is not "aws:s3"`;
    case "Records.eventName":
      return eventNameReason(value, eventTypes);
    case "Records.s3.object.key":
      return keyReason(value);
    case "Records.s3.object.size":
      return typeof value === "string" || (isObject(value) && "prefix" in value)
        ? `${shown(value)} matches no size, which is a number`
        : undefined;
    default:
      return undefined;
  }
}

function eventNameReason(
  value: unknown,
  eventTypes: readonly string[] | undefined,
): string | undefined {
  const matched = s3EventNames.filter(compileTest(value));
  if (matched.length === 0) {
    return isNewEventName(value)
      ? undefined
      : `${shown(value)} matches no event of S3; messages have names such as "ObjectCreated:Put", without "s3:"${familyAdvice(value)}`;
  }
  const isPublished = matched.some((name) =>
    eventTypes?.some((type) => eventTypeCovers(type, `s3:${name}`)),
  );
  return eventTypes === undefined || isPublished
    ? undefined
    : `${shown(value)} matches no event that the sources publish (${eventTypes.join(", ")})`;
}

/** A name in the form of S3's, of a family that is not known. */
function isNewEventName(value: unknown): boolean {
  if (typeof value !== "string" || !/^[A-Z]\w+:[A-Z]\w+$/.test(value)) return false;
  const family = value.slice(0, value.indexOf(":") + 1);
  return !s3EventNames.some((name) => name.startsWith(family));
}

function familyAdvice(value: unknown): string {
  if (typeof value !== "string") return "";
  const family = value.replace(/^s3:/, "").replace(/:?\*?$/, ":");
  return s3EventNames.some((name) => name.startsWith(family))
    ? `; use { "prefix": "${family}" }`
    : "";
}

function keyReason(value: unknown): string | undefined {
  if (typeof value === "string") return textReason(value, value, false);
  if (!isObject(value)) return `${shown(value)} matches no key, which is text`;
  const [operator = "", operand] = Object.entries(value)[0] ?? [];
  if (typeof operand !== "string") return undefined;
  switch (operator) {
    case "prefix":
      return textReason(value, operand, true);
    case "suffix":
      return textReason(value, operand, false);
    case "equals-ignore-case":
      return textReason(value, operand.replace(/%\w\w/g, upperCase), false);
    case "wildcard":
      return wildcardPieces(operand)
        .map((piece, index, { length }) => textReason(value, piece, index < length - 1))
        .find((reason) => reason !== undefined);
    default:
      return undefined;
  }
}

function textReason(value: unknown, text: string, cut: boolean): string | undefined {
  return occursInEncodedKeys(text, cut)
    ? undefined
    : `${shown(value)} matches no key: keys in messages are URL-encoded, so that "${text}" is "${encodeObjectKey(text)}"`;
}

function upperCase(text: string): string {
  return text.toUpperCase();
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
