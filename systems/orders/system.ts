import { FanoutTopic } from "../../components/index.ts";
import { createInventory } from "../shared/inventory.ts";
import {
  listObjects,
  onObjects,
  onTable,
  recordIdempotency,
  sendMail,
} from "../shared/permissions.ts";
import { createBucket, createIdempotencyTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** The events of each order in exact order and without duplicates. A consumer's failure never affects another. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, sender } = settings;
  const { stock, ledger } = createInventory("inventory", settings);
  const sent = createIdempotencyTable("order-notifications", settings);
  const invoices = createBucket("invoices", settings);

  const topic = new FanoutTopic("orders", {
    ...settings.topicArgs,
    fifo: true,
    consumers: [
      {
        name: "inventory",
        handler: {
          entry: "handlers/orders/inventory.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { INVENTORY_TABLE: stock.name, LEDGER_TABLE: ledger.name },
          permissions: [
            onTable(stock, "UpdateItem"),
            onTable(ledger, "GetItem", "PutItem", "UpdateItem"),
          ],
        },
      },
      {
        name: "billing",
        handler: {
          entry: "handlers/orders/billing.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { INVOICES_BUCKET: invoices.id },
          permissions: [
            onObjects(invoices, ["GetObject", "PutObject"], "invoices/"),
            listObjects(invoices),
          ],
        },
      },
      {
        name: "notification",
        handler: {
          entry: "handlers/orders/notification.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { IDEMPOTENCY_TABLE: sent.name, SENDER: sender },
          permissions: [recordIdempotency(sent), sendMail(sender)],
        },
      },
    ],
  });
  return {
    ...topicOutputs(topic),
    inventoryTable: stock.name,
    invoices: invoices.id,
  };
}
