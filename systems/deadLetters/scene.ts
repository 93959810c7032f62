import { StartMessageMoveTaskCommand } from "@aws-sdk/client-sqs";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { textOutput } from "../../demo/outputs.ts";
import { arnOf, depthOf, receive } from "../../demo/queues.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { itemsIn } from "../../demo/tables.ts";
import { notesOf } from "../notes.ts";

const orders = [
  { orderId: "d-1", sku: "stool", quantity: 2 },
  { orderId: "d-2", sku: "sofa", quantity: 1 },
  { orderId: "d-3", sku: "stool", quantity: 4 },
];

export const deadLetters: Scene = {
  name: "dead-letters",
  title: "Dead letters: a message that always fails is put aside, looked at, mended and moved back",
  systems: ["dead-letters"],
  play: async (stage) => {
    await enterPrice(stage, "stool", 1500);
    const [, poison = ""] = await publishAll(stage);
    const { pricing } = stage.system("dead-letters").consumers;
    const deadLetterQueue = pricing?.deadLetterQueueUrl;
    await stage.until(async () => (await depthOf(stage, deadLetterQueue)).visible === 1);
    stage.showPath("d-2 orders an article without a price", poison);
    stage.check("the others have their total, in cents", await totals(stage), {
      "d-1": 3000,
      "d-3": 6000,
    });
    stage.check("nothing waits behind it", await depthOf(stage, pricing?.queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });

    // Looking counts as a receive; hidden for 0 seconds, the message can be moved right after.
    const [letter] = await receive(stage, deadLetterQueue, 0);
    stage.say(`in the dead-letter queue: ${letter?.Body}`);
    stage.check(
      "the dead letter is the message as it came",
      letter?.Body,
      JSON.stringify(orders[1]),
    );

    await enterPrice(stage, "sofa", 89_900);
    stage.say("the price of a sofa is entered; the dead letters are moved back");
    const SourceArn = await arnOf(stage, deadLetterQueue);
    await stage.clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await stage.until(async () => "d-2" in (await totals(stage)));
    stage.check("d-2 has its total", (await totals(stage))["d-2"], 89_900);
    stage.check("the dead-letter queue is empty", await depthOf(stage, deadLetterQueue), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
    stage.check(
      "the other consumer had each order once, all the time",
      await recorded(stage),
      orders.map((order) => JSON.stringify(order)),
    );
  },
};

function publishAll(stage: Stage): Promise<string[]> {
  const { topicArn } = stage.system("dead-letters");
  return Promise.all(orders.map((message) => stage.publish(topicArn, { message })));
}

export async function enterPrice(stage: Stage, sku: string, price: number): Promise<void> {
  const TableName = textOutput(stage.system("dead-letters"), "pricesTable");
  await stage.clients.dynamodb.send(new PutCommand({ TableName, Item: { sku, price } }));
}

async function recorded(stage: Stage): Promise<string[]> {
  const bodies = await notesOf(stage, "dead-letters", "record");
  return bodies.filter((body) => isOwn(JSON.parse(body)));
}

/** By order. */
async function totals(stage: Stage): Promise<Record<string, unknown>> {
  const table = textOutput(stage.system("dead-letters"), "totalsTable");
  const items = await itemsIn(stage, table);
  const own = items.filter(isOwn);
  return Object.fromEntries(own.map(({ orderId, total }) => [String(orderId), total]).sort());
}

/** Another scene plays on the same system. */
function isOwn({ orderId }: { readonly orderId?: unknown }): boolean {
  return orders.some((order) => order.orderId === orderId);
}
