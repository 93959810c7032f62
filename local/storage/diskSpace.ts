import { statfsSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../protocol/awsError.ts";

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
  /** What is looked at: the directory, or the database in it, which is to stay there. */
  readonly path: string;
  /** What the directory is to the user: `data directory`. */
  readonly purpose: string;
  /** Space in the database that is given back to it when the disk is nearly full, in bytes. */
  readonly reserved: number;
  /** Told in a sentence when something new is refused from now on, and accepted again. @default ignored */
  readonly onChange?: ((message: string) => void) | undefined;
  /** Free space of the disk, in bytes. @default what the operating system says of the path */
  readonly free?: () => number;
  /** The machine's time, in milliseconds. @default `performance.now` */
  readonly now?: () => number;
};

/** A database that was removed, or its directory, takes what is accepted later with it: that is for good. */
type State =
  | { readonly kind: "roomy" }
  | { readonly kind: "low" }
  | { readonly kind: "gone"; readonly reason: string };

/**
 * Stops taking in when the disk is nearly full, so that what has been accepted already can be finished. A
 * part of the database is kept free for that, because other programs fill disks as well. Stops taking in as
 * well when the data were removed, because what came then would be lost.
 */
export class DiskSpace {
  readonly #options: DiskSpaceOptions;
  readonly #timer: NodeJS.Timeout;
  #state: State = { kind: "roomy" };
  #seenAt = Number.NEGATIVE_INFINITY;

  /** @throws Error when there is too little from the start */
  constructor(options: DiskSpaceOptions) {
    this.#options = options;
    if (this.#free() < needed + options.reserved) throw this.#tooLittle();
    options.store.exec("CREATE TABLE IF NOT EXISTS disk_reserve (space BLOB NOT NULL) STRICT");
    this.#reserve();
    this.#timer = setInterval(() => this.refuses(), interval).unref();
  }

  /** Whether nothing new can be accepted now, by what was seen of the disk in the last five milliseconds. */
  refuses(): boolean {
    const { now = () => performance.now() } = this.#options;
    const time = now();
    if (time - this.#seenAt >= glance) {
      this.#seenAt = time;
      this.#become(this.#look());
    }
    return this.#state.kind !== "roomy";
  }

  /** For what cannot be accepted. SDKs try again after it. */
  refusal(): AwsError {
    return new AwsError("ServiceUnavailable", this.#sentence(), { status: 503 });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): State {
    if (this.#state.kind === "gone") return this.#state;
    try {
      return this.#free() < needed ? { kind: "low" } : { kind: "roomy" };
    } catch (error) {
      return { kind: "gone", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  #become(state: State): void {
    if (state.kind === this.#state.kind) return;
    this.#state = state;
    if (state.kind === "low") this.#release();
    if (state.kind === "roomy") this.#reserve();
    this.#options.onChange?.(this.#sentence());
  }

  #free(): number {
    const { path, free } = this.#options;
    if (free !== undefined) return free();
    const { bavail, bsize } = statfsSync(path);
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

  #sentence(): string {
    const state = this.#state;
    if (state.kind === "roomy") {
      return `The disk of ${this.#place()} has room again: everything is accepted.`;
    }
    if (state.kind === "low") {
      return `The disk of ${this.#place()} has less than ${mebibytes(needed)} left: nothing new is accepted until there is room.`;
    }
    return `The data in ${this.#place()} cannot be reached any more (${state.reason}): nothing new is accepted, because it would be lost. Stop the run, and start it again.`;
  }

  #place(): string {
    return `the ${this.#options.purpose} "${this.#options.directory}"`;
  }

  #tooLittle(): Error {
    const all = needed + this.#options.reserved;
    return new Error(
      `The disk of ${this.#place()} has only ${mebibytes(this.#free())} left, and a run needs ${mebibytes(all)}: free some space, or choose a directory on another disk.`,
    );
  }
}

function mebibytes(bytes: number): string {
  return `${Math.floor(bytes / 2 ** 20)} MiB`;
}
