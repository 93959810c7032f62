/** What a message group uses of the capacity of a queue's consumers. */
export type GroupLoad = {
  readonly group: string;
  /** Messages in flight. */
  readonly inFlight: number;
  /** Milliseconds that its messages were in flight, recently. */
  readonly processing: number;
};

/** The sum of all messages, those without a group included. */
export type TotalLoad = Omit<GroupLoad, "group">;

const noisyShare = 0.1;
const noisyInFlight = 30;

/**
 * The groups that use a disproportionate share: more than a tenth of the messages in flight, and at least 30 of
 * them, or more than a tenth of the recent processing time. AWS calls its thresholds approximate.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
export function noisyGroups(loads: readonly GroupLoad[], total: TotalLoad): GroupLoad[] {
  return loads.filter(
    ({ inFlight, processing }) =>
      (inFlight >= noisyInFlight && inFlight > total.inFlight * noisyShare) ||
      processing > total.processing * noisyShare,
  );
}
