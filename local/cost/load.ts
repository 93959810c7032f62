/** What a stack has to carry. */
export type Load = {
  /** Messages a month that are published to each topic. */
  readonly events: number;
  /** Bytes of a message. */
  readonly bytes: number;
  /** Messages of a publication: 1, or up to 10 with PublishBatch. @default 1 */
  readonly publishBatch?: number | undefined;
  /** How long an invocation takes, in milliseconds. */
  readonly milliseconds: number;
  /** Messages of a batch on average. @default what the mapping's settings give at this rate */
  readonly batch?: number | undefined;
  /** The part of the messages that a consumer's filter accepts, by consumer: 0 to 1. @default all */
  readonly matches: Readonly<Record<string, number>>;
  /** Bytes that an invocation logs. */
  readonly logBytes: number;
};

/** A month as AWS's price pages calculate it: 30 days. */
export const monthSeconds = 30 * 24 * 3600;
