import { statfsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "./protocol/awsError.ts";

/**
 * Space that the disk must have before the cloud accepts anything new, in bytes. What it has accepted needs
 * some on its way: retries, dead letters, logs of the database.
 */
const needed = 16 * 2 ** 20;

/** Space in the database that is given back to it when the disk is nearly full, in bytes. */
const reserved = 4 * 2 ** 20;

/** How often the disk is looked at when nothing is sent, in milliseconds. */
const interval = 1000;

export type DiskSpaceOptions = {
  readonly store: DatabaseSync;
  readonly directory: string;
  /** Told when the disk becomes nearly full (`true`), and when there is room again. @default ignored */
  readonly onChange?: ((isLow: boolean) => void) | undefined;
  /** Free space of the disk, in bytes. @default what the operating system says */
  readonly free?: () => number;
};

/**
 * Stops taking in when the disk is nearly full, so that what has been accepted already can be finished. A
 * part of the database is kept free for that, because other programs fill disks as well.
 */
export class DiskSpace {
  readonly #options: DiskSpaceOptions;
  readonly #timer: NodeJS.Timeout;
  #isLow = false;

  /** @throws Error when there is too little from the start */
  constructor(options: DiskSpaceOptions) {
    this.#options = options;
    if (this.#free() < needed + reserved) throw tooLittle(options.directory, this.#free());
    options.store.exec("CREATE TABLE IF NOT EXISTS disk_reserve (space BLOB NOT NULL) STRICT");
    this.#reserve();
    this.#timer = setInterval(() => this.isLow(), interval).unref();
  }

  /** Whether nothing new can be accepted now. */
  isLow(): boolean {
    const isLow = this.#free() < needed;
    if (isLow !== this.#isLow) {
      this.#isLow = isLow;
      if (isLow) this.#release();
      else this.#reserve();
      this.#options.onChange?.(isLow);
    }
    return isLow;
  }

  /** For what cannot be accepted. SDKs try again after it. */
  refusal(): AwsError {
    const message = `${fullDisk(this.#options.directory)}.`;
    return new AwsError("ServiceUnavailable", message, { status: 503 });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #free(): number {
    const { directory, free } = this.#options;
    if (free !== undefined) return free();
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  }

  #reserve(): void {
    const { store } = this.#options;
    if (store.prepare("SELECT 1 FROM disk_reserve").get() !== undefined) return;
    store.exec(`INSERT INTO disk_reserve VALUES (zeroblob(${reserved}))`);
  }

  #release(): void {
    this.#options.store.exec("DELETE FROM disk_reserve");
  }
}

/** What to say when the disk of a data directory is nearly full. */
export function fullDisk(directory: string): string {
  return `The disk of the data directory "${directory}" has less than ${mebibytes(needed)} left: nothing new is accepted until there is room`;
}

function tooLittle(directory: string, free: number): Error {
  return new Error(
    `The disk of the data directory "${directory}" has only ${mebibytes(free)} left, and a run needs ${mebibytes(needed + reserved)}: free some space, or choose a directory on another disk.`,
  );
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}
