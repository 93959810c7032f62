import type { Settings } from "../settings.ts";
import { applicationLogs } from "./applicationLogs/system.ts";
import { auditLogs } from "./auditLogs/system.ts";
import { batchJobs } from "./batchJobs/system.ts";
import { bookings } from "./bookings/system.ts";
import { dataAggregation } from "./dataAggregation/system.ts";
import { databaseChanges } from "./databaseChanges/system.ts";
import { newOrder } from "./newOrder/system.ts";
import { orderProcessing } from "./orderProcessing/system.ts";
import { orders } from "./orders/system.ts";
import { patterns } from "./patterns.ts";
import { photos } from "./photos/system.ts";
import type { System, SystemOutputs } from "./system.ts";
import { systemAlerts } from "./systemAlerts/system.ts";
import { uploads } from "./uploads/system.ts";
import { userInteractions } from "./userInteractions/system.ts";
import { userRegistration } from "./userRegistration/system.ts";
import { walkthrough } from "./walkthrough/system.ts";
import { watchedBy } from "./watching.ts";

/** Every system that a stack can name in `fanout:systems`. */
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
  ...patterns,
};

export const systemNames: readonly string[] = Object.keys(registry);

export function deploySystems(settings: Settings): Record<string, SystemOutputs> {
  const topicArgs = watchedBy(settings);
  return Object.fromEntries(
    Object.entries(registry)
      .filter(([name]) => settings.systems.includes(name))
      .map(([name, system]) => [name, system({ ...settings, topicArgs })]),
  );
}
