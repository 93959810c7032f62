import type { ExampleMessage } from "../../local/systems/examples.ts";

const about = { actor: "ada@example.com", subject: "invoice/o-1001" };

export const messages: readonly ExampleMessage[] = [
  {
    title: "An invoice is approved",
    groupId: about.subject,
    message: { eventId: "e-1", time: "2026-01-31T10:30:00Z", action: "invoice.approved", ...about },
  },
  {
    title: "The invoice is paid",
    groupId: about.subject,
    message: { eventId: "e-2", time: "2026-01-31T11:00:00Z", action: "invoice.paid", ...about },
  },
  {
    title: "Somebody tries to rewrite the first",
    groupId: about.subject,
    message: { eventId: "e-1", time: "2026-01-31T10:30:00Z", action: "nothing", ...about },
  },
  {
    title: "An event without an actor",
    groupId: "invoice/o-1003",
    message: { eventId: "e-3", time: "2026-01-31T11:30:00Z", action: "invoice.deleted" },
    poison: true,
  },
];
