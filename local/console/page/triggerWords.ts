import type { TriggerState } from "../api/types.ts";
import { age } from "./words.ts";

/** When a rule or schedule calls its targets: `in 4 min`, `on events`, `disabled`. */
export function dueInWords({ enabled, schedule, next }: TriggerState, now: number): string {
  if (!enabled) return "disabled";
  if (schedule === undefined) return "on events";
  return next === undefined ? "is over" : `in ${age(Math.max(0, next - now) / 1000)}`;
}
