import type { Settings } from "../settings.ts";
import { bookings } from "./bookings.ts";
import { orders } from "./orders.ts";
import type { System, SystemOutputs } from "./system.ts";
import { uploads } from "./uploads.ts";

/** Every system that a stack can name in `fanout:systems`. */
const registry: Readonly<Record<string, System>> = { uploads, orders, bookings };

export const systemNames: readonly string[] = Object.keys(registry);

export function deploySystems(settings: Settings): Record<string, SystemOutputs> {
  return Object.fromEntries(
    Object.entries(registry)
      .filter(([name]) => settings.systems.includes(name))
      .map(([name, system]) => [name, system(settings)]),
  );
}
