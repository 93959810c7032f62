import type { Message } from "@aws-sdk/client-sqs";
import { arnParts } from "../../aws/arn.ts";

/** A received message, as printed with `--json`. */
export type ShownMessage = {
  readonly messageId: string | undefined;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly systemAttributes: Readonly<Record<string, string>>;
  /** Why it failed last; known of a local run. */
  readonly failure?: string;
};

export function shown({
  MessageId,
  Body = "",
  MessageAttributes,
  Attributes,
}: Message): ShownMessage {
  return {
    messageId: MessageId,
    body: Body,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes ?? {}).map(([name, { StringValue, BinaryValue }]) => [
        name,
        StringValue ?? `${BinaryValue?.length ?? 0} bytes`,
      ]),
    ),
    systemAttributes: { ...Attributes },
  };
}

/** A message in a few lines: its history, attributes, and body. */
export function messageText({
  messageId,
  body,
  attributes,
  systemAttributes,
  failure,
}: ShownMessage): string {
  const given = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
  return [
    `${messageId}  ${history(systemAttributes)}`,
    ...(given.length === 0 ? [] : [`  ${given.join("  ")}`]),
    `  ${body}`,
    ...(failure === undefined ? [] : [`  failed: ${failure}`]),
  ].join("\n");
}

function history(facts: Readonly<Record<string, string>>): string {
  const receives = Number(facts.ApproximateReceiveCount ?? 0);
  const { DeadLetterQueueSourceArn: sourceArn } = facts;
  const source = sourceArn && arnParts(sourceArn).resource;
  return [
    `sent ${new Date(Number(facts.SentTimestamp ?? 0)).toISOString()}`,
    `received ${receives === 1 ? "once" : `${receives} times`}`,
    ...(facts.MessageGroupId === undefined ? [] : [`group ${facts.MessageGroupId}`]),
    ...(source === undefined ? [] : [`from ${source}`]),
  ].join(", ");
}
