import { FanoutTopic } from "../../components/index.ts";
import { noteHandler } from "../shared/noteHandler.ts";
import { onTable } from "../shared/permissions.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * One consumer fails on orders for articles without a price, another accepts all orders. A message that
 * failed five times stays in the dead-letter queue until the price is entered and the message is moved back.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const prices = createTable("dead-letters-prices", "sku", settings);
  const totals = createTable("dead-letters-totals", "orderId", settings);
  const notes = createTable("dead-letters-notes", "id", settings);

  const topic = new FanoutTopic("dead-letters", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "pricing",
        handler: {
          entry: "handlers/patterns/price.ts",
          timeoutSeconds: 10,
          logRetentionDays: settings.logRetentionDays,
          environment: { PRICES_TABLE: prices.name, TOTALS_TABLE: totals.name },
          permissions: [onTable(prices, "GetItem"), onTable(totals, "PutItem")],
        },
      },
      { name: "record", handler: noteHandler("record", notes, settings) },
    ],
  });
  return {
    ...topicOutputs(topic),
    pricesTable: prices.name,
    totalsTable: totals.name,
    notesTable: notes.name,
  };
}
