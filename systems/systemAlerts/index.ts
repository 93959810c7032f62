import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** Delivers alerts to a log, by e-mail and by text message, depending on the attribute `severity`. */
export const systemAlerts: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
