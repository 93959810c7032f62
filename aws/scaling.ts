/**
 * How Lambda scales the processing of a standard queue: batches at once at the start, how many more a minute, and the
 * most of one mapping. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export const queueScaling = { initial: 5, addedPerMinute: 300, maximum: 1250 } as const;

/** The same with provisioned pollers, by poller. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
export const provisionedScaling = {
  addedPerMinute: 1000,
  concurrencyOfPoller: 10,
  bytesPerSecondOfPoller: 1e6,
} as const;

/** Concurrent invocations of all functions of an account in a region; can be raised. */
export const defaultAccountConcurrency = 1000;

/** Calls a second of each API action on a FIFO queue or topic, each with up to ten messages, without high throughput. */
export const fifoCallsPerSecond = 300;

/** Messages that a message group of a FIFO queue or topic passes a second. */
export const fifoGroupPerSecond = 300;

/** Messages a second to all FIFO topics of an account, or to one with the throughput scope of a topic. */
export const fifoPublishesPerSecond = 3000;

/**
 * Messages a second that an account publishes to standard topics, by region; can be raised.
 * https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
const publishesByRegion: Readonly<Record<string, number>> = {
  "us-east-1": 30_000,
  "us-west-2": 9000,
  "eu-west-1": 9000,
};

const publishesElsewhere = 1500;

export function publishesPerSecond(region: string): number {
  return publishesByRegion[region] ?? publishesElsewhere;
}
