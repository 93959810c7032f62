import type { Command } from "../command.ts";
import { OpsError } from "../errors.ts";
import { count, painter, table } from "../output.ts";
import {
  localStates,
  notFromProgram,
  notRunHere,
  type QueueReport,
  reportSystem,
  type SystemReport,
} from "../stack/systemReport.ts";

export const status: Command = {
  name: "status",
  positionals: ["[SYSTEM]"],
  summary: "lists the systems, their topics, and the messages in their queues",
  details: `VISIBLE messages can be received now, those IN FLIGHT are being handled, DELAYED ones are not visible yet.
Queues that do not drain on their own are marked with "!". OLDEST is the age of the oldest message; it and the
noisy groups of fair queues are shown for the local run only; on AWS, CloudWatch has them. On AWS all counts
are approximate. A local run names what clients of its API made, and no program, and the functions that are
container images, which it does not run.`,
  options: {},
  async run({ given, stack, terminal, show }) {
    const name = given.optional(0);
    const systems = name === undefined ? stack.systems : [stack.system(name)];
    const states = await localStates(stack.localUrl);
    const reports = await Promise.all(
      systems.map((system) => reportSystem(stack.clients, system, states)),
    );
    const paint = painter(terminal.colours);
    const functions = name === undefined ? stack.functions : [];
    const others = name === undefined ? await notFromProgram(stack.localUrl) : [];
    const images = name === undefined ? await notRunHere(stack.localUrl) : [];
    const parts = reports.map((each) => describe(each, paint));
    if (functions.length > 0) parts.push(`functions  ${functions.join(", ")}`);
    if (images.length > 0) {
      parts.push(`not run here  ${images.join(", ")} (container images; their messages wait)`);
    }
    if (others.length > 0) parts.push(`not from the program  ${others.join(", ")}`);
    show(parts.join("\n\n"), {
      systems: reports,
      ...(functions.length > 0 && { functions }),
      ...(images.length > 0 && { notRunHere: images }),
      ...(others.length > 0 && { notFromProgram: others }),
    });
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
  const topic =
    topicArn === undefined ? "" : `  ${topicArn}  ${count(confirmed, "subscription")}${waiting}`;
  const heading = `${paint("bold", name)}${topic}`;
  const [titles = "", ...rows] = table(
    [
      ["QUEUE", "VISIBLE", "IN FLIGHT", "DELAYED", "OLDEST", ""],
      ...queues.map((queue) => [
        queue.name,
        String(queue.visible),
        String(queue.inFlight),
        String(queue.delayed),
        queue.oldestAgeSeconds === undefined ? "-" : age(queue.oldestAgeSeconds),
        isStuck(queue) ? "!" : noise(queue),
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

/** Only work queues drain on their own. */
function isStuck({ role, visible, inFlight }: QueueReport): boolean {
  return role !== "work" && visible + inFlight > 0;
}

function noise({ noisyGroups = 0 }: QueueReport): string {
  return noisyGroups > 0 ? count(noisyGroups, "noisy group") : "";
}

/** `45 s`, `12 min`, `3 h`, `5 d`. */
function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 2 * 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}
