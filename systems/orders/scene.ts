import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const customer = { email: "ada@example.com" };
const items = [
  { sku: "chair", quantity: 4, unitPrice: 49.9 },
  { sku: "desk", quantity: 1, unitPrice: 310 },
];

export const scene: Scene = {
  name: "orders",
  title:
    "The events of an order in exact order and without duplicates; a poison order affects no other",
  systems: ["orders"],
  play: async (runner) => {
    const before = await stockOf(runner, "chair");
    const placed = await publish(runner, "o-1", { ...order("o-1"), event: "placed" });
    const again = await publish(runner, "o-1", { ...order("o-1"), event: "placed" });
    const paid = await publish(runner, "o-1", { ...order("o-1"), event: "paid" });
    const poison = await publish(runner, "o-2", { orderId: "o-2", items: "many" });
    const after = await publish(runner, "o-3", { ...order("o-3"), event: "placed" });
    const cancelled = await publish(runner, "o-3", { ...order("o-3"), event: "cancelled" });

    const shown = { placed, paid, poison, after, cancelled };
    for (const event of Object.values(shown)) await runner.untilDone(event);
    runner.showPath("o-1 is placed", placed);
    runner.showPath("o-1 is paid", paid);
    runner.showPath("o-2 is invalid", poison);
    runner.showPath("o-3 is placed", after);
    runner.showPath("o-3 is cancelled", cancelled);

    runner.check("o-1 placed twice by mistake is one message for the topic", again, placed);
    const left = await stockOf(runner, "chair");
    runner.check(
      "four chairs are reserved for o-1, and those of o-3 are released",
      before - left,
      4,
    );
    runner.check("o-1's invoice is paid", await invoiceOf(runner, "o-1"), {
      status: "paid",
      total: 509.6,
    });
    runner.check("o-3's invoice is cancelled", await invoiceOf(runner, "o-3"), {
      status: "cancelled",
      total: 509.6,
    });
    runner.check(
      "the customer received one mail for each event of o-1, in order",
      mailsOf(runner, "o-1"),
      ["We have your order o-1", "Your order o-1 is paid"],
    );
    runner.check("and of o-3, in order", mailsOf(runner, "o-3"), [
      "We have your order o-3",
      "Your order o-3 is cancelled",
    ]);
    runner.check(
      "only o-2 is in the dead-letter queue of each consumer",
      await deadLetters(runner),
      [1, 1, 1],
    );
  },
};

function order(orderId: string) {
  return { orderId, customer, items };
}

function publish(runner: SceneRunner, groupId: string, message: object): Promise<string> {
  return runner.publish("orders", { groupId, message });
}

async function stockOf(runner: SceneRunner, sku: string): Promise<number> {
  const item = await runner.aws.itemIn(runner.output("orders", "inventoryTable"), { sku });
  return Number(item?.stock);
}

async function invoiceOf(runner: SceneRunner, orderId: string): Promise<unknown> {
  const bucket = runner.output("orders", "invoices");
  const bytes = await runner.aws.bytesIn(bucket, `invoices/${orderId}.json`);
  if (bytes.length === 0) return "no invoice";
  const { status, total } = JSON.parse(bytes.toString());
  return { status, total };
}

/** The subjects of the mails about an order. Only the mails of one order have a defined sequence. */
function mailsOf(runner: SceneRunner, orderId: string): string[] {
  return runner.run.cloud.outbox
    .list()
    .filter(({ to, subject = "" }) => to.includes(customer.email) && subject.includes(orderId))
    .map(({ subject = "" }) => subject);
}

function deadLetters(runner: SceneRunner): Promise<number[]> {
  const consumers = Object.keys(runner.system("orders").consumers);
  return Promise.all(
    consumers.map(async (consumer) => {
      const { visible } = await runner.aws.depthOf(runner.deadLetterQueueUrl("orders", consumer));
      return visible;
    }),
  );
}
