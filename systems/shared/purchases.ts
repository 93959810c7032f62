import type { ConsumerSpec } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import { onTable, remember, sendMail } from "./permissions.ts";
import { createIdempotencyTable, createTable } from "./storage.ts";

/** Charges each order's total, once; the table `paymentsTable` has every charge and refusal. */
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

/** Tells each customer that the order has come in, once. */
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
      permissions: [remember(notified), sendMail(sender)],
    },
  };
}
