/** A fault that is in force. */
export type Fault = {
  readonly id: string;
  /** How often it has taken effect. */
  readonly hits: number;
  /** Ends it. Calling it twice is harmless. */
  remove(): void;
};

export type FaultTimes = {
  /** How often it takes effect, 1 or more. @default until it is removed */
  readonly times?: number;
};

export type InvocationFailure = FaultTimes & {
  /** @default `InjectedFault` */
  readonly errorType?: string;
  /** @default `failure injected by the test` */
  readonly errorMessage?: string;
  /**
   * Whether the handler does not run. If it is false, the handler does its work and the invocation fails
   * afterwards, as when a function crashes at its very end: its messages come back although they were processed.
   *
   * @default true
   */
  readonly preventExecution?: boolean;
};

/** Calls that are denied. `*` stands for any characters, `?` for one. */
export type Denial = FaultTimes & {
  /** A service such as `sns.amazonaws.com`, the ARN of a role, or the id of an account. @default any */
  readonly principal?: string;
  /** `sqs:SendMessage`. @default any */
  readonly action?: string;
  /** An ARN, or the name, ARN or URL of a queue, topic, bucket or function of the program. @default any */
  readonly resource?: string;
};

/**
 * Faults on demand. A function is named by its name or ARN, or by the name, ARN or URL of a queue that it polls. An
 * unknown one is an error that lists the known ones.
 */
export type TestFaults = {
  /** The function's invocations fail. */
  fail(target: string, failure?: InvocationFailure): Fault;
  /**
   * The function's invocations start that many seconds of cloud time late: they go on when the test's clock has
   * advanced. Those that reach the function's timeout fail as on AWS.
   */
  delay(target: string, delay: FaultTimes & { readonly seconds: number }): Fault;
  /** The function's invocations are rejected, as when its concurrency is used up. */
  throttle(target: string, times?: FaultTimes): Fault;
  /** Messages stay in the function's queue or stream, and its asynchronous events wait, until the fault is removed. */
  pause(target: string): Fault;
  /** Matching calls are denied, whatever the policies allow; each decision counts. At least one member is needed. */
  deny(denial: Denial): Fault;
  /** Ends all faults. */
  clear(): void;
};
