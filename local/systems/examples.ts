/** A message to try a system with. The console and `npm run ops` offer to publish it to the system's topic. */
export type ExampleMessage = {
  /** What it is about, in a few words. */
  readonly title: string;
  /** A string is sent as it is, anything else as JSON. */
  readonly message: unknown;
  /** Message attributes, all of type String. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Message group, for a FIFO topic. */
  readonly groupId?: string;
  /** Invalid on purpose: it ends in dead-letter queues. @default false */
  readonly poison?: boolean;
};

/** A file to try a system with. The console offers to put it into the system's bucket. */
export type ExampleFile = {
  /** What it is, in a few words. */
  readonly title: string;
  readonly key: string;
  readonly contentType: string;
  /** Called when the file is used, because every deployment loads the examples. */
  readonly body: () => Buffer;
  /** User-defined metadata, without the prefix `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Invalid on purpose: a consumer fails on it. @default false */
  readonly poison?: boolean;
};

/** Examples of a system. */
export type SystemExamples = {
  readonly messages?: readonly ExampleMessage[];
  readonly files?: readonly ExampleFile[];
};

/** Examples by the name of their system in the stack's outputs. */
export type Examples = Readonly<Record<string, SystemExamples>>;
