import { FanoutTopic } from "../../components/index.ts";
import { onTable, remember, sendMail } from "../permissions.ts";
import { createIdempotencyTable, createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** A shop's orders: payment, shipping and the customer's mail each go at their own pace. */
export function orderProcessing(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency, sender } = settings;
  const payments = createTable("order-processing-payments", "paymentId", settings);
  const shipments = createTable("order-processing-shipments", "orderId", settings);
  const notified = createIdempotencyTable("order-processing-notified", settings);

  const topic = new FanoutTopic("order-processing", {
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
        name: "shipping",
        maxConcurrency,
        handler: {
          entry: "handlers/gallery/orderProcessing/shipping.ts",
          logRetentionDays,
          environment: { SHIPMENTS_TABLE: shipments.name },
          permissions: [onTable(shipments, "PutItem")],
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
    shipmentsTable: shipments.name,
  };
}
