import type { QueueAttributes, QueueSettings } from "./definition/attributes.ts";

/** A queue as it is defined, without its messages. */
export type Queue = {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly fifo: boolean;
  /** Every attribute that can be set, with its default where nobody has set it. */
  readonly attributes: QueueAttributes;
  readonly tags: Readonly<Record<string, string>>;
  /** Cloud time in milliseconds since 1970. */
  readonly createdAt: number;
  /** Cloud time in milliseconds since 1970. */
  readonly modifiedAt: number;
};

/** A queue as the engine knows it. */
export type Definition = Queue & {
  /** Its key in the store. */
  readonly id: number;
  /** Those attributes that somebody has set. */
  readonly set: QueueAttributes;
  readonly settings: QueueSettings;
  /** When it was last purged, in cloud time. */
  readonly purgedAt: number | undefined;
};
