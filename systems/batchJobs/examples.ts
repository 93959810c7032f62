import type { ExampleMessage } from "../../local/systems/examples.ts";

export const messages: readonly ExampleMessage[] = [
  {
    title: "Statistics of some numbers",
    attributes: { job: "statistics" },
    message: { jobId: "j-1", numbers: [3, 1, 4, 1, 5, 9, 2, 6] },
  },
  {
    title: "The words of a text",
    attributes: { job: "word-count" },
    message: { jobId: "j-2", text: "One event goes in, many consumers get it." },
  },
  {
    title: "Statistics of nothing",
    attributes: { job: "statistics" },
    message: { jobId: "j-3", numbers: [] },
    poison: true,
  },
];
