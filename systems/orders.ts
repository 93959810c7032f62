import * as aws from "@pulumi/aws";
import { FanoutTopic } from "../components/index.ts";
import type { Settings } from "../settings.ts";
import { listObjects, onObjects, onTable, sendMail } from "./permissions.ts";
import { createBucket, createIdempotencyTable, createTable } from "./storage.ts";
import { type SystemOutputs, topicOutputs } from "./system.ts";

const sampleArticles = ["chair", "desk", "lamp"];

/** An order's events in exact order and without duplicates; a consumer that fails stops no other. */
export function orders(settings: Settings): SystemOutputs {
  const { logRetentionDays, sender } = settings;
  const inventory = createTable("inventory", "sku", settings);
  const ledger = createTable("inventory-ledger", "orderId", settings);
  const sent = createIdempotencyTable("order-notifications", settings);
  const invoices = createBucket("invoices", settings);
  stock(inventory, settings.initialStock);

  const topic = new FanoutTopic("orders", {
    fifo: true,
    consumers: [
      {
        name: "inventory",
        handler: {
          entry: "handlers/orders/inventory.ts",
          timeoutSeconds: 10,
          logRetentionDays,
          environment: { INVENTORY_TABLE: inventory.name, LEDGER_TABLE: ledger.name },
          permissions: [
            onTable(inventory, "UpdateItem"),
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
          permissions: [
            onTable(sent, "GetItem", "PutItem", "UpdateItem", "DeleteItem"),
            sendMail(sender),
          ],
        },
      },
    ],
  });
  return {
    ...topicOutputs(topic),
    inventoryTable: inventory.name,
    invoices: invoices.id,
  };
}

/** The first stock. From then on it is the handlers' to change, so that Pulumi looks away. */
function stock(inventory: aws.dynamodb.Table, pieces: number): void {
  if (pieces === 0) return;
  for (const sku of sampleArticles) {
    new aws.dynamodb.TableItem(
      `inventory-${sku}`,
      {
        tableName: inventory.name,
        hashKey: inventory.hashKey,
        item: JSON.stringify({ sku: { S: sku }, stock: { N: String(pieces) } }),
      },
      { parent: inventory, ignoreChanges: ["item"] },
    );
  }
}
