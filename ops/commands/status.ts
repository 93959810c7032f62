import type { Command } from "../command.ts";
import { painter } from "../output/paint.ts";
import { count, table } from "../output/table.ts";
import { OpsError } from "../problems.ts";
import { oldestAges } from "../stack/ages.ts";
import { type QueueReport, reportSystem, type SystemReport } from "../stack/systemReport.ts";

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
    const reports = await Promise.all(
      systems.map((system) => reportSystem(stack.clients, system, ages)),
    );
    const paint = painter(surroundings.colours);
    show(reports.map((each) => describe(each, paint)).join("\n\n"), { systems: reports });
    const problems = reports.flatMap((each) => each.problems);
    if (problems.length > 0) {
      const lines = problems.map(({ consumer, problem }) => `${consumer}: ${problem}`);
      throw new OpsError(lines.join("\n"));
    }
  },
};

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
