import { applicationLogs } from "./applicationLogs.ts";
import { auditLogs } from "./auditLogs.ts";
import { batchJobs } from "./batchJobs.ts";
import { dataAggregation } from "./dataAggregation.ts";
import { databaseChanges } from "./databaseChanges.ts";
import type { Publication, SampleFile } from "./example.ts";
import { newOrder } from "./newOrder.ts";
import { orderProcessing } from "./orderProcessing.ts";
import { orders } from "./orders.ts";
import { photos } from "./photos.ts";
import { systemAlerts } from "./systemAlerts.ts";
import { uploads } from "./uploads.ts";
import { userInteractions } from "./userInteractions.ts";
import { userRegistration } from "./userRegistration.ts";
import { walkthrough } from "./walkthrough.ts";

/** By system: messages to publish to its topic. A system that is missing here begins elsewhere: with a file, or at its front door. */
export const publications: Readonly<Record<string, readonly Publication[]>> = {
  orders,
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
};

/** By system: files to put into its bucket. */
export const files: Readonly<Record<string, readonly SampleFile[]>> = { uploads, photos };
