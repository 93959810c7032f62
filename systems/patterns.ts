import { deadLetters } from "./deadLetters/system.ts";
import { delay } from "./delay/system.ts";
import { eventArchive } from "./eventArchive/system.ts";
import { priority } from "./priority/system.ts";
import { pushPull } from "./pushPull/system.ts";
import type { System } from "./system.ts";

/** Small systems for questions that the pattern raises; docs/patterns.md answers them. */
export const patterns: Readonly<Record<string, System>> = {
  "push-pull": pushPull,
  "dead-letters": deadLetters,
  delay,
  priority,
  "event-archive": eventArchive,
};
