import { explain } from "../aws/filterPolicy/match.ts";
import type { MessageAttribute, MessageAttributes } from "../aws/messageAttributes.ts";
import type { FanoutTopic } from "../components/index.ts";
import { type FanoutConsumer, fanoutOf } from "./fanoutOf.ts";

/** A message as a test publishes it. */
export type TestMessage = {
  /** Text, or a value that is published as JSON. @default "" */
  readonly body?: unknown;
  /** By name: a text, a number, or a list, which SNS calls `String.Array`. @default none */
  readonly attributes?: Readonly<Record<string, string | number | readonly unknown[]>>;
};

/**
 * The names of the consumers that receive a message, in the order of the program: those without a filter, and
 * those whose filter matches as SNS matches it.
 *
 * @example
 * assert.deepEqual(await receiversOf(orders, { attributes: { kind: "refund" } }), ["billing", "audit"]);
 */
export async function receiversOf(topic: FanoutTopic, message: TestMessage): Promise<string[]> {
  const { consumers } = await fanoutOf(topic);
  const { body = "", attributes = {} } = message;
  const published = {
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, attributeOf(value)]),
    ) satisfies MessageAttributes,
  };
  return Object.entries(consumers)
    .filter(([, consumer]) => receives(consumer, published))
    .map(([name]) => name);
}

function receives(
  { filter, filterScope }: FanoutConsumer,
  message: { readonly body: string; readonly attributes: MessageAttributes },
): boolean {
  if (filter === undefined) return true;
  const scope = filterScope === "MessageBody" ? "MessageBody" : "MessageAttributes";
  return explain(filter, scope, message).matches;
}

function attributeOf(value: string | number | readonly unknown[]): MessageAttribute {
  if (typeof value === "string") return { dataType: "String", stringValue: value };
  return typeof value === "number"
    ? { dataType: "Number", stringValue: String(value) }
    : { dataType: "String.Array", stringValue: JSON.stringify(value) };
}
