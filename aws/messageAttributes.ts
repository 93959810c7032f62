/** A message attribute of SQS or SNS. `binaryValue` is base64. */
export type MessageAttribute = {
  /** `String`, `Number`, `Binary`, SNS's `String.Array`, or one of them with a label (`Number.int`). */
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
};

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;
