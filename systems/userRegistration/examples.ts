import type { ExampleMessage } from "../../local/systems/examples.ts";

export const messages: readonly ExampleMessage[] = [
  {
    title: "Ada registers for the free plan",
    message: {
      userId: "u-1",
      name: "Ada",
      email: "ada@example.com",
      plan: "free",
      time: "2026-01-31T10:30:00Z",
    },
  },
  {
    title: "Grace registers for the paid plan",
    message: {
      userId: "u-2",
      name: "Grace",
      email: "grace@example.com",
      plan: "paid",
      time: "2026-01-31T10:31:00Z",
    },
  },
  {
    title: "Somebody without an address",
    message: { userId: "u-3", name: "Nobody", plan: "free", time: "2026-01-31T10:32:00Z" },
    poison: true,
  },
];
