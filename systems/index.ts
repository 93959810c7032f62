import type { Scene } from "../demo/scene.ts";
import type { Examples } from "../local/examples.ts";
import type { Settings } from "../settings.ts";
import { applicationLogs } from "./applicationLogs/system.ts";
import { auditLogs } from "./auditLogs/system.ts";
import { batchJobs } from "./batchJobs/system.ts";
import { bookings } from "./bookings/system.ts";
import { dataAggregation } from "./dataAggregation/system.ts";
import { databaseChanges } from "./databaseChanges/system.ts";
import { deadLetters } from "./deadLetters/system.ts";
import { delay } from "./delay/system.ts";
import { eventArchive } from "./eventArchive/system.ts";
import { newOrder } from "./newOrder/system.ts";
import { orderProcessing } from "./orderProcessing/system.ts";
import { orders } from "./orders/system.ts";
import { photos } from "./photos/system.ts";
import { priority } from "./priority/system.ts";
import { pushPull } from "./pushPull/system.ts";
import { monitoring } from "./shared/monitoring.ts";
import type { System, SystemOutputs } from "./shared/system.ts";
import { systemAlerts } from "./systemAlerts/system.ts";
import { uploads } from "./uploads/system.ts";
import { userInteractions } from "./userInteractions/system.ts";
import { userRegistration } from "./userRegistration/system.ts";
import { walkthrough } from "./walkthrough/system.ts";

/** Every system that a stack can name in `fanout:systems`. The last five answer questions of docs/patterns.md. */
const registry: Readonly<Record<string, System>> = {
  uploads,
  orders,
  bookings,
  photos,
  walkthrough,
  "user-registration": userRegistration,
  "user-interactions": userInteractions,
  "application-logs": applicationLogs,
  "new-order": newOrder,
  "database-changes": databaseChanges,
  "order-processing": orderProcessing,
  "data-aggregation": dataAggregation,
  "system-alerts": systemAlerts,
  "batch-jobs": batchJobs,
  "audit-logs": auditLogs,
  "push-pull": pushPull,
  "dead-letters": deadLetters,
  delay,
  priority,
  "event-archive": eventArchive,
};

export const systemNames: readonly string[] = Object.keys(registry);

/** Example messages and files, by system. */
export const examples: Examples = Object.fromEntries(
  Object.entries(registry).flatMap(([name, { examples }]) => (examples ? [[name, examples]] : [])),
);

/** Every scene, in the order of the systems. */
export const scenes: readonly Scene[] = Object.values(registry).flatMap(
  (system) => system.scenes ?? [],
);

/** Deploys the systems that the stack's settings name. @returns their outputs by system */
export function deploySystems(settings: Settings): Record<string, SystemOutputs> {
  const topicArgs = monitoring(settings);
  return Object.fromEntries(
    Object.entries(registry)
      .filter(([name]) => settings.systems.includes(name))
      .map(([name, system]) => [name, system.deploy({ ...settings, topicArgs })]),
  );
}
