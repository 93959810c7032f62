import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const groups = ["e-1", "e-2", "e-3", "e-4", "e-5"];
const life = ["placed", "paid", "cancelled"];

export const exactOrderScene: Scene = {
  name: "exact-order",
  title:
    "Exact order: events of an order in the order of publishing; different orders concurrently",
  systems: ["orders"],
  play: async (runner) => {
    const published = await publishMixed(runner);
    for (const { event } of published) await runner.untilDone(event);
    runner.showPath("e-1 is placed", published[0]?.event ?? "");
    const consumers = ["inventory", "billing", "notification"];
    for (const consumer of consumers) {
      runner.check(
        `${consumer} handled the events of each order one after another, in order`,
        handledByGroup(runner, consumer, published),
        Object.fromEntries(groups.map((group) => [group, life])),
      );
    }
    runner.check("the customer received the mails in the same order", mailsAbout(runner, "e-3"), [
      "We have your order e-3",
      "Your order e-3 is paid",
      "Your order e-3 is cancelled",
    ]);
  },
};

type Published = { readonly group: string; readonly name: string; readonly event: string };

/** All orders are placed, then all are paid, then all are cancelled. */
async function publishMixed(runner: SceneRunner): Promise<Published[]> {
  const published: Published[] = [];
  for (const name of life) {
    for (const group of groups) {
      const message = {
        orderId: group,
        customer: { email: "grace@example.com" },
        items: [{ sku: "lamp", quantity: 1, unitPrice: 20 }],
        event: name,
      };
      const event = await runner.publish("orders", { groupId: group, message });
      published.push({ group, name, event });
    }
  }
  return published;
}

/** The events of each group in the order in which a consumer handled them. */
function handledByGroup(runner: SceneRunner, consumer: string, published: readonly Published[]) {
  const handled = runner.run.cloud.trace
    .recent()
    .filter(({ kind, from }) => kind === "handled" && from.includes(`:orders-${consumer}`))
    .flatMap(({ event }) => published.find((each) => each.event === event) ?? []);
  return Object.fromEntries(
    groups.map((group) => [
      group,
      handled.filter((each) => each.group === group).map(({ name }) => name),
    ]),
  );
}

function mailsAbout(runner: SceneRunner, orderId: string): string[] {
  return runner.run.cloud.outbox
    .list()
    .map(({ subject = "" }) => subject)
    .filter((subject) => subject.includes(orderId));
}
