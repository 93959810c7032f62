import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { bytesIn } from "../../demo/buckets.ts";
import { textOutput } from "../../demo/outputs.ts";
import { depthOf } from "../../demo/queues.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";

const customer = { email: "ada@example.com" };
const items = [
  { sku: "chair", quantity: 4, unitPrice: 49.9 },
  { sku: "desk", quantity: 1, unitPrice: 310 },
];

export const orders: Scene = {
  name: "orders",
  title: "An order's life in exact order and without duplicates; a poison order harms only itself",
  systems: ["orders"],
  play: async (stage) => {
    const before = await stockOf(stage, "chair");
    const placed = await publish(stage, "o-1", { ...order("o-1"), event: "placed" });
    const again = await publish(stage, "o-1", { ...order("o-1"), event: "placed" });
    const paid = await publish(stage, "o-1", { ...order("o-1"), event: "paid" });
    const poison = await publish(stage, "o-2", { orderId: "o-2", items: "many" });
    const after = await publish(stage, "o-3", { ...order("o-3"), event: "placed" });
    const cancelled = await publish(stage, "o-3", { ...order("o-3"), event: "cancelled" });

    const shown = { placed, paid, poison, after, cancelled };
    for (const event of Object.values(shown)) await stage.untilDone(event);
    stage.showPath("o-1 is placed", placed);
    stage.showPath("o-1 is paid", paid);
    stage.showPath("o-2 makes no sense", poison);
    stage.showPath("o-3 is placed", after);
    stage.showPath("o-3 is cancelled", cancelled);

    stage.check("o-1 placed once more by mistake is the same message to the topic", again, placed);
    const left = await stockOf(stage, "chair");
    stage.check("four chairs are reserved for o-1, and those of o-3 given back", before - left, 4);
    stage.check("o-1's invoice is paid", await invoiceOf(stage, "o-1"), {
      status: "paid",
      total: 509.6,
    });
    stage.check("o-3's invoice is cancelled", await invoiceOf(stage, "o-3"), {
      status: "cancelled",
      total: 509.6,
    });
    stage.check(
      "the customer got one mail for each event of o-1, in order",
      mailsOf(stage, "o-1"),
      ["We have your order o-1", "Your order o-1 is paid"],
    );
    stage.check("and of o-3, in order", mailsOf(stage, "o-3"), [
      "We have your order o-3",
      "Your order o-3 is cancelled",
    ]);
    stage.check(
      "o-2 is in each consumer's dead-letter queue, alone",
      await deadLetters(stage),
      [1, 1, 1],
    );
  },
};

function order(orderId: string) {
  return { orderId, customer, items };
}

function publish(stage: Stage, groupId: string, message: object): Promise<string> {
  return stage.publish(stage.system("orders").topicArn, { groupId, message });
}

async function stockOf(stage: Stage, sku: string): Promise<number> {
  const TableName = textOutput(stage.system("orders"), "inventoryTable");
  const { Item } = await stage.clients.dynamodb.send(new GetCommand({ TableName, Key: { sku } }));
  return Number(Item?.stock);
}

async function invoiceOf(stage: Stage, orderId: string): Promise<unknown> {
  const bucket = textOutput(stage.system("orders"), "invoices");
  const bytes = await bytesIn(stage, bucket, `invoices/${orderId}.json`);
  if (bytes.length === 0) return "no invoice";
  const { status, total } = JSON.parse(bytes.toString());
  return { status, total };
}

/** The subjects of the customer's mails in the outbox. Orders have no order among each other. */
function mailsOf(stage: Stage, orderId: string): string[] {
  return stage.run.cloud.outbox
    .list()
    .filter(({ to, subject = "" }) => to.includes(customer.email) && subject.includes(orderId))
    .map(({ subject = "" }) => subject);
}

function deadLetters(stage: Stage): Promise<number[]> {
  const consumers = Object.values(stage.system("orders").consumers);
  return Promise.all(
    consumers.map(
      async ({ deadLetterQueueUrl }) => (await depthOf(stage, deadLetterQueueUrl)).visible,
    ),
  );
}
