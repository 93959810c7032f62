/** A message to try a system with: what a page or a command offers to publish to its topic. */
export type Publication = {
  /** What it is about, in a few words. */
  readonly title: string;
  /** A text as it is, anything else as JSON. */
  readonly message: unknown;
  /** Message attributes, all of type String. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Message group, for a FIFO topic. */
  readonly groupId?: string;
  /** It makes no sense on purpose: it ends in dead-letter queues. @default false */
  readonly poison?: boolean;
};

/** A file to try a system with: what a page or a command offers to put into its bucket. */
export type SampleFile = {
  /** What it is, in a few words. */
  readonly title: string;
  readonly key: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** The uploader's own metadata, without the prefix `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** It makes no sense on purpose: some consumer fails on it. @default false */
  readonly poison?: boolean;
};
