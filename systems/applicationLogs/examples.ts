import type { ExampleMessage } from "../../local/systems/examples.ts";

export const messages: readonly ExampleMessage[] = [
  {
    title: "A structured log entry",
    message: { level: "error", service: "checkout", text: "payment timed out", milliseconds: 3000 },
  },
  {
    title: "A line of plain text",
    message: '203.0.113.7 - - [31/Jan/2026:10:30:00 +0000] "GET / HTTP/1.1" 200 512',
  },
];
