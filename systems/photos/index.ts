import type { System } from "../shared/system.ts";
import { files } from "./examples.ts";

export const photos: System = {
  load: async () => (await import("./system.ts")).deploy,
  examples: { files },
};
