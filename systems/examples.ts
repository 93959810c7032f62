import { applicationLogs } from "./applicationLogs/examples.ts";
import { auditLogs } from "./auditLogs/examples.ts";
import { batchJobs } from "./batchJobs/examples.ts";
import { dataAggregation } from "./dataAggregation/examples.ts";
import { databaseChanges } from "./databaseChanges/examples.ts";
import type { Publication, SampleFile } from "./example.ts";
import { newOrder } from "./newOrder/examples.ts";
import { orderProcessing } from "./orderProcessing/examples.ts";
import { orders } from "./orders/examples.ts";
import { photos } from "./photos/examples.ts";
import { systemAlerts } from "./systemAlerts/examples.ts";
import { uploads } from "./uploads/examples.ts";
import { userInteractions } from "./userInteractions/examples.ts";
import { userRegistration } from "./userRegistration/examples.ts";
import { walkthrough } from "./walkthrough/examples.ts";

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
