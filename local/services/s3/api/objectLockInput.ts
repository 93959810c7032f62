import * as v from "valibot";
import {
  choice,
  element,
  one,
  optional,
  readDocument,
  text,
} from "../configuration/documentSchema.ts";
import { retentionModes } from "../configuration/objectLock.ts";
import type { ObjectLock, Retention } from "../objectLock.ts";
import { invalidArgument, malformedXml, S3Error } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";

type Headers = Readonly<Record<string, string>>;

const modeHeader = "x-amz-object-lock-mode";
const untilHeader = "x-amz-object-lock-retain-until-date";
const holdHeader = "x-amz-object-lock-legal-hold";

/** Headers of an operation that creates an object. */
export const objectLockHeaders = [modeHeader, untilHeader, holdHeader];

/** By which a caller ignores retention in the mode `GOVERNANCE`. */
export const bypassHeader = "x-amz-bypass-governance-retention";

/**
 * The lock that a new object comes with.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 * @param isLockable whether the bucket has an Object Lock configuration
 * @throws S3Error InvalidArgument, InvalidRequest
 */
export function objectLockIn(headers: Headers, isLockable: boolean, now: number): ObjectLock {
  const { [modeHeader]: mode, [untilHeader]: until, [holdHeader]: hold } = headers;
  if (!isLockable && (mode ?? until ?? hold) !== undefined) throw lockMissing();
  const retention = retentionIn(mode, until, now);
  return {
    ...(retention !== undefined && { retention }),
    ...(hold !== undefined && { legalHold: readHold(hold) }),
  };
}

function retentionIn(
  mode: string | undefined,
  until: string | undefined,
  now: number,
): Retention | undefined {
  if (mode === undefined && until === undefined) return undefined;
  if (mode === undefined || until === undefined) {
    const missing = mode === undefined ? modeHeader : untilHeader;
    throw new S3Error("InvalidArgument", `${untilHeader} and ${modeHeader} must both be supplied`, {
      details: { ArgumentName: missing },
    });
  }
  const known = retentionModes.find((each) => each === mode);
  if (known === undefined) throw invalidArgument("Unknown wormMode directive.", modeHeader, mode);
  return { mode: known, until: readDate(until, untilHeader, now) };
}

const retentionSchema = element({
  Mode: optional(choice(...retentionModes)),
  RetainUntilDate: optional(text),
});

/**
 * The document of PutObjectRetention; undefined for an empty one, which ends the retention.
 * @throws S3Error MalformedXML, InvalidArgument
 */
export function readRetention(document: string, now: number): Retention | undefined {
  const { Mode, RetainUntilDate } = readDocument(document, "Retention", retentionSchema);
  if (Mode === undefined && RetainUntilDate === undefined) return undefined;
  if (Mode === undefined || RetainUntilDate === undefined) throw malformedXml();
  return { mode: Mode, until: readDate(RetainUntilDate, "RetainUntilDate", now) };
}

const holdSchema = element({ Status: one(v.picklist(["ON", "OFF"])) });

/** @throws S3Error MalformedXML */
export function readLegalHold(document: string): boolean {
  return readDocument(document, "LegalHold", holdSchema).Status === "ON";
}

/** The headers that tell a reader of an object's lock. */
export function lockHeaders({ lock }: Pick<StoredObject, "lock">): Headers {
  const { retention, legalHold } = lock ?? {};
  return {
    ...(retention !== undefined && {
      [modeHeader]: retention.mode,
      [untilHeader]: new Date(retention.until).toISOString(),
    }),
    ...(legalHold !== undefined && { [holdHeader]: legalHold ? "ON" : "OFF" }),
  };
}

/** For a bucket without an Object Lock configuration. */
export function lockMissing(): S3Error {
  return new S3Error("InvalidRequest", "Bucket is missing Object Lock Configuration");
}

function readHold(value: string): boolean {
  if (value === "ON" || value === "OFF") return value === "ON";
  throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", holdHeader, value);
}

function readDate(value: string, argument: string, now: number): number {
  const date = Date.parse(value);
  if (date > now) return date;
  throw invalidArgument("The retain until date must be in the future!", argument, value);
}
