/** A message as its publisher wrote it, whatever it was wrapped in on its way. */
export type Message = {
  /** The id that the failure report and the dead-letter queue know it by. */
  readonly messageId: string;
  /**
   * The id that all consumers of one event share: SNS's message id. Raw delivery does not carry it,
   * so there it is the queue's own message id.
   */
  readonly eventId: string;
  /** When SNS accepted it; delivered raw, when the queue did. ISO 8601, UTC. */
  readonly sentAt: string;
  readonly body: string;
  /** Message attributes by name: texts and numbers as text, lists as JSON, binary values as base64. */
  readonly attributes: Readonly<Record<string, string>>;
};
