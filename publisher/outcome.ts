/** A message that SNS accepted. */
export type Published = {
  readonly messageId: string;
  /** Of a FIFO topic only. */
  readonly sequenceNumber?: string;
};

/** A message that SNS did not accept. */
export type Unpublished = {
  /** Of the message in the call. */
  readonly index: number;
  /**
   * SNS's code, such as `InvalidParameter`. If the request failed as a whole, the error's name: after a timeout, the
   * message may have been published. `NotSent` if an earlier failure kept the message back.
   */
  readonly code: string;
  readonly reason: string;
  /** Whether the message itself is at fault, so that another attempt would fail, too. */
  readonly senderFault: boolean;
};
