import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import type { Command } from "../command.ts";
import { painter } from "../output/paint.ts";
import { count, table } from "../output/table.ts";
import { oldestAges } from "../stack/ages.ts";
import type { Clients } from "../stack/clients.ts";
import type { Consumer, System } from "../stack/outputs.ts";
import { describeQueue, type QueueFacts } from "../stack/queueFacts.ts";
import { type Queue, queuesOf } from "../stack/queues.ts";

export const status: Command = {
  name: "status",
  positionals: ["[SYSTEM]"],
  summary: "the systems, their topics, and what is in their queues",
  details: `VISIBLE messages can be received now, those IN FLIGHT are being worked on, DELAYED ones wait. Messages
where nobody takes them out by itself are marked with "!". OLDEST is the age of the oldest message, which
only the local run tells; on AWS, CloudWatch has it, and all counts are approximate.`,
  options: {},
  async run({ given, stack, surroundings, show }) {
    const name = given.optional(0);
    const systems = name === undefined ? stack.systems : [stack.system(name)];
    const ages = await oldestAges(stack.localUrl);
    const reports = await Promise.all(systems.map((system) => report(stack.clients, system, ages)));
    const paint = painter(surroundings.colours);
    show(reports.map((each) => describe(each, paint)).join("\n\n"), { systems: reports });
  },
};

type SystemReport = {
  readonly name: string;
  readonly topicArn: string;
  readonly subscriptions: { readonly confirmed: number; readonly pending: number };
  readonly queues: readonly QueueReport[];
};

type QueueReport = Pick<Queue, "name" | "role" | "url"> &
  Omit<QueueFacts, "arn"> & {
    /** Of its oldest message; absent where there is none, or nobody knows. */
    readonly oldestAgeSeconds?: number;
  };

/** In seconds, by the queue's ARN. */
type Ages = ReadonlyMap<string, number>;

async function report(clients: Clients, system: System, ages: Ages): Promise<SystemReport> {
  const { name, topicArn, consumers } = system;
  const [subscriptions, queues] = await Promise.all([
    countSubscriptions(clients, topicArn),
    Promise.all(consumers.map((consumer) => reportQueues(clients, consumer, ages))),
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

async function reportQueues(
  clients: Clients,
  consumer: Consumer,
  ages: Ages,
): Promise<QueueReport[]> {
  const queues = await queuesOf(clients, consumer);
  return Promise.all(
    queues.map(async ({ name, role, url }) => {
      const { arn, ...facts } = await describeQueue(clients, url);
      const oldestAgeSeconds = ages.get(arn);
      return {
        name,
        role,
        url,
        ...facts,
        ...(oldestAgeSeconds !== undefined && { oldestAgeSeconds }),
      };
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
      ["QUEUE", "VISIBLE", "IN FLIGHT", "DELAYED", "OLDEST", ""],
      ...queues.map((queue) => [
        queue.name,
        String(queue.visible),
        String(queue.inFlight),
        String(queue.delayed),
        queue.oldestAgeSeconds === undefined ? "-" : age(queue.oldestAgeSeconds),
        isStuck(queue) ? "!" : "",
      ]),
    ],
    new Set([1, 2, 3, 4]),
  );
  const lines = rows.map((row, index) => {
    const queue = queues[index];
    return queue !== undefined && isStuck(queue) ? paint(["bold", "red"], row) : row;
  });
  if (lines.length === 0) return heading;
  return [heading, ...[paint("dim", titles), ...lines].map((line) => `  ${line}`)].join("\n");
}

/** Nothing but a work queue is emptied by itself. */
function isStuck({ role, visible, inFlight }: QueueReport): boolean {
  return role !== "work" && visible + inFlight > 0;
}

/** `45 s`, `12 min`, `3 h`, `5 d`. */
function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
