/** A topic with equal consumers, each a queue with a function, under a steady load. */
export type Scenario = {
  readonly region: string;
  /** Messages a second that publishers send. */
  readonly perSecond: number;
  /** Bytes of a message. */
  readonly bytes: number;
  readonly consumers: number;
  readonly fifo: boolean;
  /** `fifo: { highThroughput: true }`. @default false */
  readonly highThroughput?: boolean;
  /** Message groups that have messages at the same time; of a FIFO topic. */
  readonly groups: number;
  /** Messages of a batch at most. */
  readonly batchSize: number;
  /** How long messages are gathered for a batch, in seconds. @default 0 */
  readonly windowSeconds?: number | undefined;
  /** How long an invocation takes, in milliseconds. */
  readonly milliseconds: number;
  /** Of each mapping. @default Lambda's own maximum */
  readonly maximumConcurrency?: number | undefined;
  /** Of each mapping. @default Lambda scales by itself */
  readonly pollers?: { readonly minimum: number; readonly maximum: number } | undefined;
  /** Messages a second that the account may publish to standard topics. @default AWS's default of the region */
  readonly publishQuota?: number | undefined;
  /** Concurrent invocations of the account. */
  readonly accountConcurrency: number;
};
