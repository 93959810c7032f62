import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { notificationOf, paymentOf } from "../shared/purchases.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** Payment, shipping and notification process the orders of a shop independently. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency } = settings;
  const { consumer: payment, paymentsTable } = paymentOf("order-processing", settings);
  const shipments = createTable("order-processing-shipments", "orderId", settings);

  const topic = new FanoutTopic("order-processing", {
    ...settings.topicArgs,
    consumers: [
      payment,
      {
        name: "shipping",
        maxConcurrency,
        handler: {
          entry: "handlers/orderProcessing/shipping.ts",
          logRetentionDays,
          environment: { SHIPMENTS_TABLE: shipments.name },
          permissions: [onTable(shipments, "PutItem")],
        },
      },
      notificationOf("order-processing", settings),
    ],
  });
  return { ...topicOutputs(topic), paymentsTable, shipmentsTable: shipments.name };
}
