import type { DefaultRetention, retentionModes } from "./configuration/objectLock.ts";
import { S3Error } from "./s3Error.ts";

type RetentionMode = (typeof retentionModes)[number];

/** Until when a version can be neither deleted nor overwritten. */
export type Retention = {
  readonly mode: RetentionMode;
  /** Cloud time in milliseconds since 1970. */
  readonly until: number;
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export type ObjectLock = {
  readonly retention?: Retention | undefined;
  /** Whether the version is kept until the hold is released. @default never set */
  readonly legalHold?: boolean | undefined;
};

/** Whether the caller may, and asks to, ignore retention in the mode `GOVERNANCE`. */
export type Bypass = boolean;

const day = 86_400_000;

/** The retention of an object that is put at `now` in a bucket with that default. */
export function retentionFrom({ Mode, Days, Years }: DefaultRetention, now: number): Retention {
  return { mode: Mode, until: now + (Days ?? (Years ?? 0) * 365) * day };
}

/** @throws S3Error AccessDenied */
export function checkRemovable(lock: ObjectLock | undefined, now: number, bypass: Bypass): void {
  if (lock?.legalHold || isRetained(lock?.retention, now, bypass)) throw protectedByLock();
}

/**
 * Whether the retention may be replaced: it may be extended, and shortened only by a bypass.
 * @param next undefined to end the retention
 * @throws S3Error AccessDenied
 */
export function checkRetentionChange(
  current: Retention | undefined,
  next: Retention | undefined,
  now: number,
  bypass: Bypass,
): void {
  if (!isRetained(current, now, bypass)) return;
  const isExtended =
    next !== undefined &&
    current !== undefined &&
    next.until >= current.until &&
    (next.mode === current.mode || next.mode === "COMPLIANCE");
  if (!isExtended) throw protectedByLock();
}

function isRetained(retention: Retention | undefined, now: number, bypass: Bypass): boolean {
  if (retention === undefined || retention.until <= now) return false;
  return retention.mode === "COMPLIANCE" || !bypass;
}

function protectedByLock(): S3Error {
  return new S3Error("AccessDenied", "Access Denied because object protected by object lock.", {
    status: 403,
  });
}
