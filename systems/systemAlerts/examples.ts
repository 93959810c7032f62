import type { ExampleMessage } from "../../local/systems/examples.ts";

function alert(severity: string, title: string, message: string): ExampleMessage {
  return { title, message, attributes: { severity, service: "checkout" } };
}

export const messages: readonly ExampleMessage[] = [
  alert("info", "For the log only", "A new version of checkout is running."),
  alert("warning", "For the log and by e-mail", "Checkout takes 2 seconds to answer."),
  alert("critical", "For the log, by e-mail and by text message", "Checkout does not answer."),
];
