import { mkdirSync } from "node:fs";
import { errorCode } from "./errorCode.ts";

/** https://www.sqlite.org/rescode.html */
const sqlite = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/**
 * Creates the directory for what a local run keeps. It holds what AWS would hold, secrets among it.
 *
 * @throws Error that says what is in its way
 */
export function makeDataDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`The data directory "${directory}" cannot be created: ${mkdirProblem(cause)}`, {
      cause,
    });
  }
}

function mkdirProblem(cause: unknown): string {
  switch (errorCode(cause)) {
    case "EEXIST":
    case "ENOTDIR":
      return "there is a file of that name, or of one of its folders' names; choose another directory.";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "this user may not write there; change the permissions, or choose another directory.";
    case "ENOSPC":
      return "the disk is full; free some space, or choose a directory on another disk.";
    default:
      return `${cause instanceof Error ? cause.message : cause}`;
  }
}

/** What is in the way of a database that cannot be opened, and what to do. */
export function openingError(directory: string, cause: unknown): Error {
  return new Error(`The data directory "${directory}" cannot be opened: ${openProblem(cause)}`, {
    cause,
  });
}

function openProblem(cause: unknown): string {
  switch (resultCode(cause)) {
    case sqlite.busy:
    case sqlite.locked:
      return "another local run is using it; stop that one, or choose another directory.";
    case sqlite.corrupt:
    case sqlite.notADatabase:
      return "its file cloud.db is damaged, or is no database; put back a copy of the directory, or choose another one.";
    case sqlite.readOnly:
    case sqlite.cannotOpen:
      return "its file cloud.db cannot be written; change the permissions, or choose another directory.";
    case sqlite.full:
      return "the disk is full; free some space, or choose a directory on another disk.";
    default:
      return `${cause instanceof Error ? cause.message : cause}`;
  }
}

/** SQLite's own result code, without what extends it. */
function resultCode(cause: unknown): number | undefined {
  if (!(cause instanceof Error && "errcode" in cause)) return undefined;
  return typeof cause.errcode === "number" ? cause.errcode & 0xff : undefined;
}
