import type { ExampleMessage } from "../../local/systems/examples.ts";

export const messages: readonly ExampleMessage[] = [
  { title: "Hello", message: "Hello from the SNS console" },
];
