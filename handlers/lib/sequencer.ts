/**
 * A form of S3's sequencer that sorts, as text, in the order in which the key was written.
 *
 * S3 says to compare two sequencers after padding the shorter with zeros on the right. Dropping the
 * zeros at the end comes to the same, and needs no guess at the greatest length.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function sortableSequencer(sequencer: string): string {
  return sequencer.toUpperCase().replace(/0+$/, "");
}
