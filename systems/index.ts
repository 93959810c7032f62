import type { Settings } from "../settings.ts";
import { bookings } from "./bookings.ts";
import { applicationLogs } from "./gallery/applicationLogs.ts";
import { auditLogs } from "./gallery/auditLogs.ts";
import { batchJobs } from "./gallery/batchJobs.ts";
import { dataAggregation } from "./gallery/dataAggregation.ts";
import { databaseChanges } from "./gallery/databaseChanges.ts";
import { newOrder } from "./gallery/newOrder.ts";
import { orderProcessing } from "./gallery/orderProcessing.ts";
import { systemAlerts } from "./gallery/systemAlerts.ts";
import { userInteractions } from "./gallery/userInteractions.ts";
import { userRegistration } from "./gallery/userRegistration.ts";
import { orders } from "./orders.ts";
import { patterns } from "./patterns/index.ts";
import { photos } from "./photos.ts";
import type { System, SystemOutputs } from "./system.ts";
import { uploads } from "./uploads.ts";
import { walkthrough } from "./walkthrough.ts";
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
