import type { System } from "../system.ts";
import { deadLetters } from "./deadLetters.ts";
import { delay } from "./delay.ts";
import { eventArchive } from "./eventArchive.ts";
import { priority } from "./priority.ts";
import { pushPull } from "./pushPull.ts";

/** Small systems for questions that the pattern raises; docs/patterns.md answers them. */
export const patterns: Readonly<Record<string, System>> = {
  "push-pull": pushPull,
  "dead-letters": deadLetters,
  delay,
  priority,
  "event-archive": eventArchive,
};
