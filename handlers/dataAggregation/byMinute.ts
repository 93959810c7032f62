import { sumBy } from "./sumBy.ts";

/** `2026-01-31T10:30`, UTC. */
export const handler = sumBy("minute", (time) => time.slice(0, "2026-01-31T10:30".length));
