import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../permissions.ts";
import { notificationOf, paymentOf } from "../purchases/purchases.ts";
import { createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** A shop's orders: payment, shipping and the customer's mail each go at their own pace. */
export function orderProcessing(settings: SystemSettings): SystemOutputs {
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
