import { FanoutTopic } from "../../components/index.ts";
import { createInventory } from "../shared/inventory.ts";
import { onTable } from "../shared/permissions.ts";
import { notificationOf, paymentOf } from "../shared/purchases.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** A new order starts three independent steps: payment, inventory and notification. */
export function deploy(settings: SystemSettings): SystemOutputs {
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
