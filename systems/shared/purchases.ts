import type { ConsumerSpec } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import { onTable, recordIdempotency, sendMail } from "./permissions.ts";
import { createIdempotencyTable, createTable } from "./storage.ts";

/** A consumer that charges each order's total once. The table `paymentsTable` records charges and refusals. */
export function paymentOf(system: string, settings: Settings) {
  const { logRetentionDays, maxConcurrency } = settings;
  const payments = createTable(`${system}-payments`, "paymentId", settings);
  const consumer: ConsumerSpec = {
    name: "payment",
    maxConcurrency,
    handler: {
      entry: "handlers/purchases/payment.ts",
      logRetentionDays,
      environment: { PAYMENTS_TABLE: payments.name },
      permissions: [onTable(payments, "GetItem", "PutItem")],
    },
  };
  return { consumer, paymentsTable: payments.name };
}

/** A consumer that confirms each order to its customer by mail, once. */
export function notificationOf(system: string, settings: Settings): ConsumerSpec {
  const { logRetentionDays, maxConcurrency, sender } = settings;
  const notified = createIdempotencyTable(`${system}-notified`, settings);
  return {
    name: "notification",
    maxConcurrency,
    handler: {
      entry: "handlers/purchases/notification.ts",
      logRetentionDays,
      environment: { IDEMPOTENCY_TABLE: notified.name, SENDER: sender },
      permissions: [recordIdempotency(notified), sendMail(sender)],
    },
  };
}
