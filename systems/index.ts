import type { Scene } from "../demo/scene.ts";
import type { Examples } from "../local/systems/examples.ts";
import type { Settings } from "../settings.ts";
import { applicationLogs } from "./applicationLogs/index.ts";
import { auditLogs } from "./auditLogs/index.ts";
import { batchJobs } from "./batchJobs/index.ts";
import { bookings } from "./bookings/index.ts";
import { dataAggregation } from "./dataAggregation/index.ts";
import { databaseChanges } from "./databaseChanges/index.ts";
import { deadLetters } from "./deadLetters/index.ts";
import { delay } from "./delay/index.ts";
import { eventArchive } from "./eventArchive/index.ts";
import { eventSources } from "./eventSources/index.ts";
import { fairQueues } from "./fairQueues/index.ts";
import { newOrder } from "./newOrder/index.ts";
import { orderProcessing } from "./orderProcessing/index.ts";
import { orders } from "./orders/index.ts";
import { photos } from "./photos/index.ts";
import { priority } from "./priority/index.ts";
import { pushPull } from "./pushPull/index.ts";
import { retries } from "./retries/index.ts";
import type { System, SystemOutputs } from "./shared/system.ts";
import { systemAlerts } from "./systemAlerts/index.ts";
import { uploads } from "./uploads/index.ts";
import { userInteractions } from "./userInteractions/index.ts";
import { userRegistration } from "./userRegistration/index.ts";
import { walkthrough } from "./walkthrough/index.ts";

/** Every system that a stack can name in `fanout:systems`. The last eight answer questions of docs/patterns.md. */
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
  "fair-queues": fairQueues,
  retries,
  "event-sources": eventSources,
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

/**
 * Deploys the systems that the stack's settings name. All of their code is loaded before the first resource,
 * so that their handlers are bundled together; that of other systems is not loaded.
 *
 * @returns their outputs by system
 */
export async function deploySystems(settings: Settings): Promise<Record<string, SystemOutputs>> {
  const chosen = Object.entries(registry).filter(([name]) => settings.systems.includes(name));
  const [{ monitoring }, overview, ...loaded] = await Promise.all([
    import("./shared/monitoring.ts"),
    settings.dashboards ? import("./shared/overview.ts") : undefined,
    ...chosen.map(async ([name, { load }]) => ({ name, deploy: await load() })),
  ]);
  const topicArgs = monitoring(settings);
  const systems = Object.fromEntries(
    loaded.map(({ name, deploy }) => [name, deploy({ ...settings, topicArgs })]),
  );
  overview?.createOverview(systems);
  return systems;
}
