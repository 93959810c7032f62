/**
 * Converts S3's sequencer to a string that sorts in the order in which the key was written.
 *
 * S3's documentation pads the shorter of two sequencers with zeros on the right before comparing. Dropping
 * trailing zeros is equivalent and needs no maximum length.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function sortableSequencer(sequencer: string): string {
  return sequencer.toUpperCase().replace(/0+$/, "");
}
