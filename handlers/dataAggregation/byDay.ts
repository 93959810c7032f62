import { sumBy } from "./sumBy.ts";

/** `2026-01-31`, UTC. */
export const handler = sumBy("day", (time) => time.slice(0, "2026-01-31".length));
