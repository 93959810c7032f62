/** A message attribute of SQS or SNS. `binaryValue` is base64. */
export type MessageAttribute = {
  /** `String`, `Number`, `Binary`, SNS's `String.Array`, or one of them with a label (`Number.int`). */
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
};

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** Attributes of the type `String`. */
export function textAttributes(values: Readonly<Record<string, string>>): MessageAttributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, stringValue]) => [
      name,
      { dataType: "String", stringValue },
    ]),
  );
}

/** The most attributes of a message in SQS. SNS drops a message that has more on its way to a queue with raw delivery. */
export const mostMessageAttributes = 10;

/**
 * Whether SNS and SQS accept the name of an attribute.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function isAttributeName(name: string): boolean {
  return /^(?!(aws|amazon)\.)[\w-]+(\.[\w-]+)*$/i.test(name) && name.length <= 256;
}

const decimal = /^[+-]?(?<whole>\d*)\.?(?<fraction>\d*)(?:e(?<exponent>[+-]?\d{1,9}))?$/i;

/** Whether a text is a decimal number, such as `-1.5e3`. */
export function isDecimal(text: string): boolean {
  return /\d/.test(text.split(/e/i)[0] ?? "") && decimal.test(text);
}

/**
 * Whether SQS stores a decimal number: it has up to 38 digits, zeros at its ends not counted, and is 0 or of
 * a magnitude from 10^-128 to 10^126.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
export function isStorableNumber(text: string): boolean {
  if (!isDecimal(text)) return false;
  const { whole = "", fraction = "", exponent = "0" } = decimal.exec(text)?.groups ?? {};
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return true;
  if (significant.length > 38) return false;
  // Of the first digit: 2 for 123.
  const magnitude = digits.length - fraction.length - 1 + Number(exponent);
  const isLargest = magnitude === 126 && significant === "1";
  return magnitude >= -128 && (magnitude < 126 || isLargest);
}
