import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const message = {
  orderId: "x-1",
  customer: { email: "edsger@example.com" },
  items: [{ sku: "desk", quantity: 3, unitPrice: 310 }],
  event: "placed",
};

export const duplicatesScene: Scene = {
  name: "duplicates",
  title: "Duplicates: FIFO drops them for five minutes; idempotent handlers ignore later ones",
  systems: ["orders"],
  play: async (runner) => {
    const before = await stock(runner);
    const first = await publish(runner);
    const again = await publish(runner);
    await runner.untilDone(first);
    runner.check("published again at once, it is the same message for the topic", again, first);
    runner.check("each consumer received it once", queued(runner, first), 3);

    await runner.untilPassed(301);
    runner.say("five minutes have passed: the deduplication interval is over");
    const later = await publish(runner);
    await runner.untilDone(later);
    runner.showPath("x-1 is placed", first);
    runner.showPath("x-1 is placed again, later", later);
    runner.check(
      "published again later, it is a new message for the topic",
      later === first,
      false,
    );
    runner.check("which each consumer received", queued(runner, later), 3);
    runner.check("the stock went down once", before - (await stock(runner)), 3);
    runner.check("the customer received one mail", mails(runner), ["We have your order x-1"]);
  },
};

function publish(runner: SceneRunner): Promise<string> {
  return runner.publish("orders", { groupId: message.orderId, message });
}

function queued(runner: SceneRunner, event: string): number {
  return runner.hopsOf(event).filter(({ kind }) => kind === "queued").length;
}

async function stock(runner: SceneRunner): Promise<number> {
  const item = await runner.aws.itemIn(runner.output("orders", "inventoryTable"), { sku: "desk" });
  return Number(item?.stock);
}

function mails(runner: SceneRunner): string[] {
  return runner.run.cloud.outbox
    .list()
    .filter(({ to }) => to.includes(message.customer.email))
    .map(({ subject = "" }) => subject);
}
