import { statfsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "./protocol/awsError.ts";

/**
 * Space that the disk must have before the cloud accepts anything new, in bytes. What it has accepted needs
 * some on its way: retries, dead letters, logs of the database.
 */
const needed = 16 * 2 ** 20;

/** How often the disk is looked at when nothing is sent, in milliseconds. */
const interval = 1000;

/** How long what was seen of the disk holds for calls, in milliseconds: far less than it takes to write what is needed. */
const glance = 5;

export type DiskSpaceOptions = {
  readonly store: DatabaseSync;
  readonly directory: string;
  /** What the directory is to the user: `data directory`. */
  readonly purpose: string;
  /** Space in the database that is given back to it when the disk is nearly full, in bytes. */
  readonly reserved: number;
  /** Told in a sentence that the disk is nearly full, and that there is room again. @default ignored */
  readonly onChange?: ((message: string) => void) | undefined;
  /** Free space of the disk, in bytes. @default what the operating system says */
  readonly free?: () => number;
  /** The machine's time, in milliseconds. @default `performance.now` */
  readonly now?: () => number;
};

/**
 * Stops taking in when the disk is nearly full, so that what has been accepted already can be finished. A
 * part of the database is kept free for that, because other programs fill disks as well.
 */
export class DiskSpace {
  readonly #options: DiskSpaceOptions;
  readonly #timer: NodeJS.Timeout;
  #isLow = false;
  #seenAt = Number.NEGATIVE_INFINITY;

  /** @throws Error when there is too little from the start */
  constructor(options: DiskSpaceOptions) {
    this.#options = options;
    if (this.#free() < needed + options.reserved) throw this.#tooLittle();
    options.store.exec("CREATE TABLE IF NOT EXISTS disk_reserve (space BLOB NOT NULL) STRICT");
    this.#reserve();
    this.#timer = setInterval(() => this.isLow(), interval).unref();
  }

  /** Whether nothing new can be accepted now, by what was seen of the disk in the last five milliseconds. */
  isLow(): boolean {
    const { now = () => performance.now() } = this.#options;
    const time = now();
    if (time - this.#seenAt < glance) return this.#isLow;
    this.#seenAt = time;
    const isLow = this.#free() < needed;
    if (isLow !== this.#isLow) {
      this.#isLow = isLow;
      if (isLow) this.#release();
      else this.#reserve();
      this.#options.onChange?.(
        isLow ? this.#full() : `${this.#disk()} has room again: everything is accepted.`,
      );
    }
    return isLow;
  }

  /** For what cannot be accepted. SDKs try again after it. */
  refusal(): AwsError {
    return new AwsError("ServiceUnavailable", this.#full(), { status: 503 });
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
    const { store, reserved } = this.#options;
    if (store.prepare("SELECT 1 FROM disk_reserve").get() !== undefined) return;
    store.exec(`INSERT INTO disk_reserve VALUES (zeroblob(${reserved}))`);
  }

  #release(): void {
    this.#options.store.exec("DELETE FROM disk_reserve");
  }

  #disk(): string {
    return `The disk of the ${this.#options.purpose} "${this.#options.directory}"`;
  }

  #full(): string {
    return `${this.#disk()} has less than ${mebibytes(needed)} left: nothing new is accepted until there is room.`;
  }

  #tooLittle(): Error {
    const all = needed + this.#options.reserved;
    return new Error(
      `${this.#disk()} has only ${mebibytes(this.#free())} left, and a run needs ${mebibytes(all)}: free some space, or choose a directory on another disk.`,
    );
  }
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}
