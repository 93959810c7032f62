import { isAttributeName, mostMessageAttributes } from "../../../aws/messageAttributes.ts";
import type { Schema } from "../schema.ts";

/**
 * The messages of a topic, described once for publishers, handlers and filters. Made by `messageType`.
 *
 * `Input` is the message as its JSON has it, `Body` what the schema makes of it (they differ if the schema
 * transforms), `Attribute` the names of the fields that are also message attributes.
 */
export interface MessageType<Input, Body, Attribute extends string> {
  /** Names the message in errors: `order`. */
  readonly name: string;
  readonly schema: Schema<Body, Input>;
  readonly attributes: readonly Attribute[];
  readonly cloudEvent?: CloudEventType | undefined;
  /** Holds types only; never set. `FilterFor` reads them. */
  readonly types?: { readonly message: Input; readonly attribute: Attribute } | undefined;
}

/** A value that a message attribute can hold. */
export type AttributeValue =
  | string
  | number
  | boolean
  | readonly (string | number | boolean | null)[];

/** The fields of a message that can be attributes. Of a union, those that all its members have. */
export type AttributeField<Message> = {
  readonly [Key in keyof Message & string]-?: Message[Key] extends AttributeValue | null | undefined
    ? Key
    : never;
}[keyof Message & string];

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#required-attributes */
export interface CloudEventType {
  /** The context in which the event happened, a URI reference: `/shop/orders`. */
  readonly source: string;
  /** `com.example.order.placed`. */
  readonly type: string;
}

/** Attributes that a publisher adds: the size of a payload in S3, and the trace. */
const reservedAttributes = ["ExtendedPayloadSize", "traceparent"];

/**
 * Describes the messages of a topic.
 *
 * @param name names the message in errors: `order`
 * @throws Error that lists every problem of the attributes
 *
 * @example
 * export const orderPlaced = messageType("order", {
 *   schema: v.object({ id: v.string(), status: v.picklist(["paid", "open"]), total: v.number() }),
 *   attributes: ["status", "total"],
 * });
 */
export function messageType<Input, Body, Attribute extends AttributeField<Input> = never>(
  name: string,
  options: {
    /** Checks the message at publishing and at receiving. Any library of the Standard Schema. */
    readonly schema: Schema<Body, Input>;
    /**
     * Fields at the top of the message that are published as message attributes too, for filters: texts,
     * numbers, booleans, and lists of them. At most 8, because SNS drops a message of more than 10 attributes
     * on its way to a queue with raw delivery, and a publisher may add two. @default none
     */
    readonly attributes?: readonly Attribute[];
    /** Wraps each message in a CloudEvents 1.0 envelope, in structured mode. @default no envelope */
    readonly cloudEvent?: CloudEventType;
  },
): MessageType<Input, Body, Attribute> {
  const { schema, attributes = [], cloudEvent } = options;
  const problems = attributeProblems(attributes);
  if (problems.length > 0) {
    throw new Error(`message type "${name}": ${problems.join("; ")}`);
  }
  return { name, schema, attributes, ...(cloudEvent !== undefined && { cloudEvent }) };
}

function attributeProblems(names: readonly string[]): string[] {
  const most = mostMessageAttributes - reservedAttributes.length;
  const reserved = names.filter((name) => reservedAttributes.includes(name));
  return [
    ...(names.length > most
      ? [`at most ${most} fields can be attributes (given ${names.length})`]
      : []),
    ...reserved.map((name) => `the attribute ${name} is set by publishers; rename the field`),
    ...names.filter((name) => !isAttributeName(name)).map(describeName),
  ];
}

function describeName(name: string): string {
  return `"${name}" cannot name an attribute: use letters, digits, _, - and single dots, and no "aws." or "amazon." at its start`;
}
