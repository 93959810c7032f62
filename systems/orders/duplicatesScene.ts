import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { textOutput } from "../../demo/outputs.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";

const message = {
  orderId: "x-1",
  customer: { email: "edsger@example.com" },
  items: [{ sku: "desk", quantity: 3, unitPrice: 310 }],
  event: "placed",
};

export const duplicates: Scene = {
  name: "duplicates",
  title: "Duplicates: FIFO drops those of five minutes, and handlers do later ones' work only once",
  systems: ["orders"],
  play: async (stage) => {
    const before = await stock(stage);
    const first = await publish(stage);
    const again = await publish(stage);
    await stage.untilDone(first);
    stage.check("published again at once, it is the same message to the topic", again, first);
    stage.check("so each consumer got it once", queued(stage, first), 3);

    await stage.untilPassed(301);
    stage.say("five minutes have passed: the topic has forgotten it");
    const later = await publish(stage);
    await stage.untilDone(later);
    stage.showPath("x-1 is placed", first);
    stage.showPath("x-1 is placed once more, later", later);
    stage.check("published again later, it is a new message to the topic", later === first, false);
    stage.check("which each consumer got", queued(stage, later), 3);
    stage.check("the stock went down once", before - (await stock(stage)), 3);
    stage.check("the customer got one mail", mails(stage), ["We have your order x-1"]);
  },
};

function publish(stage: Stage): Promise<string> {
  return stage.publish(stage.system("orders").topicArn, { groupId: message.orderId, message });
}

function queued(stage: Stage, event: string): number {
  return stage.hopsOf(event).filter(({ kind }) => kind === "queued").length;
}

async function stock(stage: Stage): Promise<number> {
  const TableName = textOutput(stage.system("orders"), "inventoryTable");
  const { Item } = await stage.clients.dynamodb.send(
    new GetCommand({ TableName, Key: { sku: "desk" }, ConsistentRead: true }),
  );
  return Number(Item?.stock);
}

function mails(stage: Stage): string[] {
  return stage.run.cloud.outbox
    .list()
    .filter(({ to }) => to.includes(message.customer.email))
    .map(({ subject = "" }) => subject);
}
