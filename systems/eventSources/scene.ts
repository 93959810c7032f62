import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";

const system = "event-sources";

export const scene: Scene = {
  name: "event-sources",
  title:
    "Sources: a bucket's objects for two topics, events of a bus, and a message every five minutes",
  systems: [system],
  play: async (runner) => {
    const bucket = runner.output(system, "bucket");
    const event = await runner.aws.putObject(bucket, "reports/1.txt", Buffer.from("report"));
    await runner.aws.putObject(bucket, "images/1.txt", Buffer.from("image"));
    await runner.until("both topics have an object", async () => {
      const images = await keysOf(runner, "images");
      return images.length > 0 && (await keysOf(runner, "notes")).length > 0;
    });
    runner.showPath("a report is stored", event);
    runner.check("one topic got the report", await keysOf(runner, "notes"), ["reports/1.txt"]);
    runner.check("the other got the image", await keysOf(runner, "images"), ["images/1.txt"]);

    const bus = runner.output(system, "bus");
    const order = { source: "shop", detailType: "Order Placed", bus, detail: { order: 7 } };
    const placed = runner.run.cloud.events.put(order);
    runner.run.cloud.events.put({ ...order, detailType: "Order Shipped" });
    await runner.untilDone(placed);
    runner.showPath("an order is placed", placed);
    runner.check("the topic got what the rule makes of it", await othersOf(runner, isPlaced), [
      { placed: 7 },
    ]);

    const isReminder = (body: object) => !isPlaced(body);
    await runner.until(
      "the schedule publishes",
      async () => (await othersOf(runner, isReminder)).length > 0,
    );
    const [scheduled] = await othersOf(runner, isReminder);
    runner.check("five minutes after the start, the schedule published", scheduled, {
      remind: "orders",
    });
  },
};

/** The keys of objects that a consumer has noted. */
async function keysOf(runner: SceneRunner, consumer: string): Promise<string[]> {
  const bodies = await bodiesOf(runner, consumer);
  return bodies.flatMap(({ Records = [] }) => Records.map(({ s3 }) => s3.object.key));
}

function isPlaced(body: object): boolean {
  return "placed" in body;
}

/** Messages that are not about objects. */
async function othersOf(
  runner: SceneRunner,
  isWanted: (body: object) => boolean,
): Promise<object[]> {
  const others = (await bodiesOf(runner, "notes")).filter(
    (body) => !("Records" in body || "Event" in body),
  );
  return others.filter(isWanted);
}

type Body = { readonly Records?: readonly { readonly s3: { readonly object: { key: string } } }[] };

async function bodiesOf(runner: SceneRunner, consumer: string): Promise<Body[]> {
  return (await notesOf(runner, system, consumer)).map((body) => JSON.parse(body));
}
