import { textOutput } from "../../demo/outputs.ts";
import { depthOf } from "../../demo/queues.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { itemsIn } from "../../demo/tables.ts";
import { notesOf } from "../notes.ts";
import { enterPrice } from "./scene.ts";

const orderIds = Array.from({ length: 10 }, (_, index) => `f-${index}`);

export const oneFails: Scene = {
  name: "one-fails",
  title: "One consumer fails on everything for a while: the other goes on, and nothing is lost",
  systems: ["dead-letters"],
  play: async (stage) => {
    const { topicArn, consumers } = stage.system("dead-letters");
    const events = await Promise.all(
      orderIds.map((orderId) =>
        stage.publish(topicArn, { message: { orderId, sku: "mirror", quantity: 1 } }),
      ),
    );
    await stage.until(async () => (await recorded(stage)).length === orderIds.length);
    await stage.until(() => events.every((event) => hasFailed(stage, event)));
    stage.check("one consumer has recorded every order", await recorded(stage), orderIds);
    stage.check("the other failed on every order", await priced(stage), []);
    const { visible, inFlight } = await depthOf(stage, consumers.pricing?.queueUrl);
    stage.check("which all wait in its queue", visible + inFlight, orderIds.length);

    await enterPrice(stage, "mirror", 7900);
    stage.say("what it lacked is there now: the price of a mirror");
    await stage.until(async () => (await priced(stage)).length === orderIds.length);
    stage.showPath("f-0", events[0] ?? "");
    stage.check(
      "it catches up by itself, when its messages come back",
      await priced(stage),
      orderIds,
    );
    const { visible: dead } = await depthOf(stage, consumers.pricing?.deadLetterQueueUrl);
    stage.check("without a dead letter", dead, 0);
    stage.check("the first consumer did nothing twice", await recorded(stage), orderIds);
  },
};

function hasFailed(stage: Stage, event: string): boolean {
  return stage.hopsOf(event).some(({ kind }) => kind === "failed");
}

async function recorded(stage: Stage): Promise<string[]> {
  const bodies = await notesOf(stage, "dead-letters", "record");
  return own(bodies.map((body) => JSON.parse(body).orderId));
}

async function priced(stage: Stage): Promise<string[]> {
  const items = await itemsIn(stage, textOutput(stage.system("dead-letters"), "totalsTable"));
  return own(items.map(({ orderId }) => String(orderId)));
}

/** Without those of another scene. */
function own(ids: readonly string[]): string[] {
  return ids.filter((orderId) => orderId.startsWith("f-")).sort();
}
