import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import type { Command } from "../command.ts";
import { painter } from "../output/paint.ts";
import { count, table } from "../output/table.ts";
import type { Clients } from "../stack/clients.ts";
import type { Consumer, System } from "../stack/outputs.ts";
import { describeQueue, type QueueFacts } from "../stack/queueFacts.ts";
import { type Queue, queuesOf } from "../stack/queues.ts";

export const status: Command = {
  name: "status",
  positionals: ["[SYSTEM]"],
  summary: "the systems, their topics, and what is in their queues",
  details: `VISIBLE messages can be received now, those IN FLIGHT are being worked on, DELAYED ones wait. Messages
where nobody takes them out by itself are marked with "!". On AWS all counts are approximate.`,
  options: {},
  async run({ given, stack, surroundings, show }) {
    const name = given.optional(0);
    const systems = name === undefined ? stack.systems : [stack.system(name)];
    const reports = await Promise.all(systems.map((system) => report(stack.clients, system)));
    const paint = painter(surroundings.colours);
    show(reports.map((each) => describe(each, paint)).join("\n\n"), { systems: reports });
  },
};

type SystemReport = {
  readonly name: string;
  readonly topicArn: string;
  readonly subscriptions: { readonly confirmed: number; readonly pending: number };
  readonly queues: readonly (Pick<Queue, "name" | "role" | "url"> & Omit<QueueFacts, "arn">)[];
};

async function report(clients: Clients, system: System): Promise<SystemReport> {
  const { name, topicArn, consumers } = system;
  const [subscriptions, queues] = await Promise.all([
    countSubscriptions(clients, topicArn),
    Promise.all(consumers.map((consumer) => reportQueues(clients, consumer))),
  ]);
  return { name, topicArn, subscriptions, queues: queues.flat() };
}

async function countSubscriptions(clients: Clients, topicArn: string) {
  const { Attributes = {} } = await clients
    .sns(topicArn)
    .send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  return {
    confirmed: Number(Attributes.SubscriptionsConfirmed ?? 0),
    pending: Number(Attributes.SubscriptionsPending ?? 0),
  };
}

async function reportQueues(clients: Clients, consumer: Consumer) {
  const queues = await queuesOf(clients, consumer);
  return Promise.all(
    queues.map(async ({ name, role, url }) => {
      const { arn: _, ...facts } = await describeQueue(clients, url);
      return { name, role, url, ...facts };
    }),
  );
}

function describe(report: SystemReport, paint: ReturnType<typeof painter>): string {
  const { name, topicArn, subscriptions, queues } = report;
  const { confirmed, pending } = subscriptions;
  const waiting = pending === 0 ? "" : `, ${pending} not confirmed yet`;
  const heading = `${paint("bold", name)}  ${topicArn}  ${count(confirmed, "subscription")}${waiting}`;
  const [titles = "", ...rows] = table(
    [
      ["QUEUE", "VISIBLE", "IN FLIGHT", "DELAYED", ""],
      ...queues.map((queue) => [
        queue.name,
        String(queue.visible),
        String(queue.inFlight),
        String(queue.delayed),
        isStuck(queue) ? "!" : "",
      ]),
    ],
    new Set([1, 2, 3]),
  );
  const lines = rows.map((row, index) => {
    const queue = queues[index];
    return queue !== undefined && isStuck(queue) ? paint(["bold", "red"], row) : row;
  });
  if (lines.length === 0) return heading;
  return [heading, ...[paint("dim", titles), ...lines].map((line) => `  ${line}`)].join("\n");
}

/** Nothing but a work queue is emptied by itself. */
function isStuck({ role, visible, inFlight }: SystemReport["queues"][number]): boolean {
  return role !== "work" && visible + inFlight > 0;
}
