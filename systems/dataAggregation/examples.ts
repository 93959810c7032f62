import type { ExampleMessage } from "../../local/systems/examples.ts";

function reading(readingId: string, time: string, value: unknown) {
  return { readingId, source: "boiler-room", time, value };
}

export const messages: readonly ExampleMessage[] = [
  { title: "A reading", message: reading("r-1", "2026-01-31T10:30:12Z", 20.5) },
  { title: "One of the same minute", message: reading("r-2", "2026-01-31T10:30:48Z", 21.25) },
  { title: "One of the next minute", message: reading("r-3", "2026-01-31T10:31:03Z", 22) },
  { title: "The first once more", message: reading("r-1", "2026-01-31T10:30:12Z", 20.5) },
  {
    title: "One that is no number",
    message: reading("r-4", "2026-01-31T10:31:30Z", "warm"),
    poison: true,
  },
];
