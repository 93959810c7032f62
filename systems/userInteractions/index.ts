import type { System } from "../shared/system.ts";
import { messages } from "./examples.ts";

/** Likes, shares and comments on posts. Each type has a consumer, which filters by the attribute `type`. */
export const userInteractions: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { messages },
};
