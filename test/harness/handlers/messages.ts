import type { Message } from "../../../handlers/lib/message.ts";

/** A message as a handler opens it. */
export function message(body: unknown, attributes: Message["attributes"] = {}): Message {
  return {
    messageId: "message-1",
    eventId: "event-1",
    sentAt: "2026-01-31T10:30:00.000Z",
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes,
  };
}
