import type { Publication } from "../example.ts";

function alert(severity: string, title: string, message: string): Publication {
  return { title, message, attributes: { severity, service: "checkout" } };
}

export const systemAlerts: readonly Publication[] = [
  alert("info", "For the log only", "A new version of checkout is running."),
  alert("warning", "For the log and by e-mail", "Checkout takes 2 seconds to answer."),
  alert("critical", "For the log, by e-mail and by text message", "Checkout does not answer."),
];
