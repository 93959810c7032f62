import { FanoutTopic } from "../../components/index.ts";
import { createInventory } from "../inventory.ts";
import { onTable } from "../permissions.ts";
import { notificationOf, paymentOf } from "../purchases/purchases.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** A new order starts a workflow of three steps that do not wait for each other. */
export function newOrder(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency } = settings;
  const { consumer: payment, paymentsTable } = paymentOf("new-order", settings);
  const { stock, ledger } = createInventory("new-order-inventory", settings);

  const topic = new FanoutTopic("new-order", {
    ...settings.topicArgs,
    consumers: [
      payment,
      {
        name: "inventory",
        maxConcurrency,
        handler: {
          entry: "handlers/newOrder/inventory.ts",
          logRetentionDays,
          environment: { INVENTORY_TABLE: stock.name, LEDGER_TABLE: ledger.name },
          permissions: [onTable(stock, "UpdateItem"), onTable(ledger, "PutItem")],
        },
      },
      notificationOf("new-order", settings),
    ],
  });
  return {
    ...topicOutputs(topic),
    paymentsTable,
    inventoryTable: stock.name,
    ledgerTable: ledger.name,
  };
}
