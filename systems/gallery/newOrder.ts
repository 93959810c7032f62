import { FanoutTopic } from "../../components/index.ts";
import { createInventory } from "../inventory.ts";
import { onTable, remember, sendMail } from "../permissions.ts";
import { createIdempotencyTable, createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** A new order starts a workflow of three steps that do not wait for each other. */
export function newOrder(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency, sender } = settings;
  const payments = createTable("new-order-payments", "paymentId", settings);
  const { stock, ledger } = createInventory("new-order-inventory", settings);
  const notified = createIdempotencyTable("new-order-notified", settings);

  const topic = new FanoutTopic("new-order", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "payment",
        maxConcurrency,
        handler: {
          entry: "handlers/gallery/purchases/payment.ts",
          logRetentionDays,
          environment: { PAYMENTS_TABLE: payments.name },
          permissions: [onTable(payments, "GetItem", "PutItem")],
        },
      },
      {
        name: "inventory",
        maxConcurrency,
        handler: {
          entry: "handlers/gallery/newOrder/inventory.ts",
          logRetentionDays,
          environment: { INVENTORY_TABLE: stock.name, LEDGER_TABLE: ledger.name },
          permissions: [onTable(stock, "UpdateItem"), onTable(ledger, "PutItem")],
        },
      },
      {
        name: "notification",
        maxConcurrency,
        handler: {
          entry: "handlers/gallery/purchases/notification.ts",
          logRetentionDays,
          environment: { IDEMPOTENCY_TABLE: notified.name, SENDER: sender },
          permissions: [remember(notified), sendMail(sender)],
        },
      },
    ],
  });
  return {
    ...topicOutputs(topic),
    paymentsTable: payments.name,
    inventoryTable: stock.name,
    ledgerTable: ledger.name,
  };
}
