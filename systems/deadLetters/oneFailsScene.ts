import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";
import { putPrice } from "./scene.ts";

const orderIds = Array.from({ length: 10 }, (_, index) => `f-${index}`);

export const oneFailsScene: Scene = {
  name: "one-fails",
  title:
    "One consumer fails on every message for a while: the other continues, and nothing is lost",
  systems: ["dead-letters"],
  play: async (runner) => {
    const events = await Promise.all(
      orderIds.map((orderId) =>
        runner.publish("dead-letters", { message: { orderId, sku: "mirror", quantity: 1 } }),
      ),
    );
    await runner.until(
      "one consumer records every order",
      async () => (await recorded(runner)).length === orderIds.length,
    );
    await runner.until("the other fails on every order", () =>
      events.every((event) => hasFailed(runner, event)),
    );
    runner.check("one consumer has recorded every order", await recorded(runner), orderIds);
    runner.check("the other failed on every order", await priced(runner), []);
    const queueUrl = runner.queueUrl("dead-letters", "pricing");
    const { visible, inFlight } = await runner.aws.depthOf(queueUrl);
    runner.check("which all are in its queue", visible + inFlight, orderIds.length);

    await putPrice(runner, "mirror", 7900);
    runner.say("the missing price of a mirror is entered");
    await runner.until(
      "the orders are priced",
      async () => (await priced(runner)).length === orderIds.length,
    );
    runner.showPath("f-0", events[0] ?? "");
    runner.check(
      "it catches up when its messages are received again",
      await priced(runner),
      orderIds,
    );
    const deadLetterQueue = runner.deadLetterQueueUrl("dead-letters", "pricing");
    const { visible: dead } = await runner.aws.depthOf(deadLetterQueue);
    runner.check("there is no dead letter", dead, 0);
    runner.check("the first consumer recorded nothing twice", await recorded(runner), orderIds);
  },
};

function hasFailed(runner: SceneRunner, event: string): boolean {
  return runner.hopsOf(event).some(({ kind }) => kind === "failed");
}

async function recorded(runner: SceneRunner): Promise<string[]> {
  const bodies = await notesOf(runner, "dead-letters", "record");
  return own(bodies.map((body) => JSON.parse(body).orderId));
}

async function priced(runner: SceneRunner): Promise<string[]> {
  const items = await runner.aws.itemsIn(runner.output("dead-letters", "totalsTable"));
  return own(items.map(({ orderId }) => String(orderId)));
}

/** Without the orders of another scene. */
function own(ids: readonly string[]): string[] {
  return ids.filter((orderId) => orderId.startsWith("f-")).sort();
}
