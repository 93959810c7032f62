import type { MessageAttributeValue } from "@aws-sdk/client-sns";

export type Attributes = Readonly<Record<string, MessageAttributeValue>>;

/**
 * The message attributes for fields of a message's JSON. A field that is absent, null or an empty text has none,
 * because SNS rejects empty values. Booleans are the texts `true` and `false`.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function attributesOf(message: unknown, fields: readonly string[]): Attributes {
  const values = new Map(Object.entries(Object(message)));
  const attributes = fields.flatMap((field) => {
    const attribute = attributeOf(values.get(field));
    return attribute === undefined ? [] : [[field, attribute] as const];
  });
  return Object.fromEntries(attributes);
}

function attributeOf(value: unknown): MessageAttributeValue | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "number") return { DataType: "Number", StringValue: String(value) };
  if (typeof value === "object") {
    return { DataType: "String.Array", StringValue: JSON.stringify(value) };
  }
  return { DataType: "String", StringValue: String(value) };
}

/** The bytes of attributes that SNS counts: names, types and values. */
export function attributeBytes(attributes: Attributes): number {
  return Object.entries(attributes).reduce(
    (bytes, [name, { DataType = "", StringValue = "" }]) =>
      bytes + Buffer.byteLength(name + DataType + StringValue),
    0,
  );
}
