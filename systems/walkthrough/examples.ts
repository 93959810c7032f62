import type { ExampleMessage } from "../../local/examples.ts";

export const messages: readonly ExampleMessage[] = [
  { title: "Hello", message: "Hello from the SNS console" },
];
