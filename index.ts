import { readSettings } from "./settings.ts";
import { deploySystems, systemNames } from "./systems/index.ts";

/** By system: its topic, its consumers, and whatever else one needs to use it. */
export const systems = await deploySystems(readSettings(systemNames));
