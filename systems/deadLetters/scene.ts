import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";

const orders = [
  { orderId: "d-1", sku: "stool", quantity: 2 },
  { orderId: "d-2", sku: "sofa", quantity: 1 },
  { orderId: "d-3", sku: "stool", quantity: 4 },
];

export const scene: Scene = {
  name: "dead-letters",
  title:
    "Dead letters: a message that always fails is set aside, inspected, and redriven after a fix",
  systems: ["dead-letters"],
  play: async (runner) => {
    await putPrice(runner, "stool", 1500);
    const [, poison = ""] = await publishAll(runner);
    const deadLetterQueue = runner.deadLetterQueueUrl("dead-letters", "pricing");
    await runner.until(
      "a message is in the dead-letter queue",
      async () => (await runner.aws.depthOf(deadLetterQueue)).visible === 1,
    );
    runner.showPath("d-2 orders an article without a price", poison);
    runner.check("the others have their total, in cents", await totals(runner), {
      "d-1": 3000,
      "d-3": 6000,
    });
    const queueUrl = runner.queueUrl("dead-letters", "pricing");
    runner.check("no other message waits behind it", await runner.aws.depthOf(queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });

    // With a visibility timeout of 0 seconds, the received message can be moved at once.
    const [letter] = await runner.aws.receive(deadLetterQueue, 0);
    runner.say(`in the dead-letter queue: ${letter?.Body}`);
    runner.check(
      "the dead letter is the unchanged message",
      letter?.Body,
      JSON.stringify(orders[1]),
    );

    await putPrice(runner, "sofa", 89_900);
    runner.say("the price of a sofa is entered; the dead letters are redriven");
    await runner.aws.redrive(deadLetterQueue);
    await runner.until("d-2 has a total", async () => "d-2" in (await totals(runner)));
    runner.check("d-2 has its total", (await totals(runner))["d-2"], 89_900);
    runner.check("the dead-letter queue is empty", await runner.aws.depthOf(deadLetterQueue), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
    runner.check(
      "the other consumer received each order once",
      await recorded(runner),
      orders.map((order) => JSON.stringify(order)),
    );
  },
};

function publishAll(runner: SceneRunner): Promise<string[]> {
  return Promise.all(orders.map((message) => runner.publish("dead-letters", { message })));
}

export async function putPrice(runner: SceneRunner, sku: string, price: number): Promise<void> {
  await runner.aws.putItem(runner.output("dead-letters", "pricesTable"), { sku, price });
}

async function recorded(runner: SceneRunner): Promise<string[]> {
  const bodies = await notesOf(runner, "dead-letters", "record");
  return bodies.filter((body) => isOwn(JSON.parse(body)));
}

/** The total of each order. */
async function totals(runner: SceneRunner): Promise<Record<string, unknown>> {
  const table = runner.output("dead-letters", "totalsTable");
  const items = await runner.aws.itemsIn(table);
  const own = items.filter(isOwn);
  return Object.fromEntries(own.map(({ orderId, total }) => [String(orderId), total]).sort());
}

/** Excludes the orders of another scene on the same system. */
function isOwn({ orderId }: { readonly orderId?: unknown }): boolean {
  return orders.some((order) => order.orderId === orderId);
}
