import { wrapLine } from "../../local/terminal/wrapLine.ts";
import { count, type painter } from "../output.ts";
import type { QueueReport, SystemReport } from "../stack/systemReport.ts";

type Paint = ReturnType<typeof painter>;

const titles = ["QUEUE", "VISIBLE", "IN FLIGHT", "DELAYED", "OLDEST"] as const;
const indent = "  ";

/**
 * A system with a row for each of its queues.
 *
 * @param columns that the lines may have: a longer name stands on a line of its own, as in `df`; undefined where no
 * terminal shows them
 */
export function systemText(
  report: SystemReport,
  paint: Paint,
  columns = Number.POSITIVE_INFINITY,
): string {
  const { queues } = report;
  const marks = queues.map((queue) => (isStuck(queue) ? "!" : noise(queue)));
  const numbers = titles.slice(1).map((title) => title.length);
  const taken = [
    ...numbers,
    ...marks
      .map(({ length }) => length)
      .sort((a, b) => b - a)
      .slice(0, 1),
  ];
  const room = columns - taken.reduce((sum, width) => sum + width + 2, indent.length);
  const width = Math.min(
    room,
    Math.max(titles[0].length, ...queues.map(({ name }) => name.length)),
  );
  const lines = queues.flatMap((queue, index) =>
    rowOf(queue, marks[index] ?? "", width).map((line) =>
      isStuck(queue) ? paint(["bold", "red"], line) : line,
    ),
  );
  const heading = headingOf(report, paint, columns);
  if (lines.length === 0) return heading.join("\n");
  const header = [titles[0].padEnd(width), ...titles.slice(1)].join("  ");
  return [
    ...heading,
    `${indent}${paint("dim", header)}`,
    ...lines.map((line) => indent + line),
  ].join("\n");
}

function headingOf({ name, topicArn, subscriptions }: SystemReport, paint: Paint, columns: number) {
  if (topicArn === undefined) return [paint("bold", name)];
  const { confirmed, pending } = subscriptions;
  const waiting = pending === 0 ? "" : `, ${pending} not confirmed yet`;
  const subscribed = `${count(confirmed, "subscription")}${waiting}`;
  const whole = [name, topicArn, subscribed].join("  ").length;
  return whole <= columns
    ? [`${paint("bold", name)}  ${topicArn}  ${subscribed}`]
    : [`${paint("bold", name)}  ${subscribed}`, `${indent}${topicArn}`];
}

/** One line, or two where the name is too long for its column. */
function rowOf(queue: QueueReport, mark: string, width: number): string[] {
  const { name, visible, inFlight, delayed, oldestAgeSeconds } = queue;
  const values = [
    String(visible),
    String(inFlight),
    String(delayed),
    oldestAgeSeconds === undefined ? "-" : age(oldestAgeSeconds),
  ].map((value, index) => value.padStart(titles[index + 1]?.length ?? 0));
  const rest = [...values, mark].join("  ").trimEnd();
  return name.length <= width
    ? [`${name.padEnd(width)}  ${rest}`]
    : [name, `${" ".repeat(width)}  ${rest}`];
}

/** What needs a look, after a list that may be longer than the screen. */
export function troubleText(
  reports: readonly SystemReport[],
  failures: number,
  columns: number | undefined,
): string | undefined {
  const stuck = reports.flatMap(({ queues }) => queues.filter(isStuck));
  const held = stuck.map(({ name, visible, inFlight }) => `${name} (${visible + inFlight})`);
  const lines = [
    ...(held.length > 0 ? [`needs a look  ${held.join(", ")}`] : []),
    ...(failures > 0
      ? [`failing  ${count(failures, "event")}; the command failures says why`]
      : []),
  ];
  return lines.length === 0
    ? undefined
    : lines.map((line) => wrapLine(line, columns, indent)).join("\n");
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
