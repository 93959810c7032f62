import { agrees, type Context } from "../command.ts";
import { OpsError, UsageError } from "../errors.ts";
import { archiveBeginning, replayStatus, startReplay, type Timeframe } from "../stack/archive.ts";
import { cloudNow } from "../stack/cloudTime.ts";
import { insteadOf } from "../stack/names.ts";
import type { Consumer, System } from "../stack/stack.ts";

/**
 * How long before the replay the messages are published that are delivered after it: more than clocks differ, and
 * less than the five minutes in which FIFO queues drop duplicates.
 */
const overlapMilliseconds = 60_000;

const pollMilliseconds = 1000;

/** Replays a topic's archive to one consumer. */
export async function replayArchive(context: Context, topic: string): Promise<void> {
  const { given, stack, show } = context;
  const system = stack.system(topic);
  const { name, subscriptionArn } = consumerOf(system, given.text("consumer"));
  const beginning = await archiveBeginning(stack.clients, system);
  const now = await cloudNow(stack, context.terminal);
  const timeframe = timeframeOf(context, beginning, now);
  const plan = { consumer: name, ...described(timeframe) };
  const what = `the messages of ${system.name} that were published ${inWords(timeframe)}`;
  if (!agrees(given)) {
    return show(`${name}: SNS would deliver again ${what}; --yes starts it`, {
      ...plan,
      status: "not started",
    });
  }
  const missedFrom = Math.max(beginning, now - overlapMilliseconds);
  await startReplay(stack.clients, subscriptionArn, timeframe);
  await completion(context, name, subscriptionArn, resumption(timeframe, topic, given, missedFrom));
  if (timeframe.to !== undefined) {
    await startReplay(stack.clients, subscriptionArn, { from: missedFrom });
    await completion(context, name, subscriptionArn, "SNS continues the replay");
  }
  show(`${name}: SNS has delivered again ${what}`, { ...plan, status: "completed" });
}

type Subscribed = Pick<Consumer, "name"> & { readonly subscriptionArn: string };

function consumerOf({ name, consumers }: System, wanted: string | undefined): Subscribed {
  const subscribed = consumers.flatMap((consumer) => {
    const { subscriptionArn } = consumer;
    return subscriptionArn === undefined ? [] : [{ name: consumer.name, subscriptionArn }];
  });
  const names = subscribed.map((each) => each.name.slice(name.length + 1));
  if (wanted === undefined) {
    throw new UsageError(
      `${name} is a topic: name the consumer by --consumer (${names.join(", ")})`,
    );
  }
  const found = subscribed.find((each) => [wanted, `${name}/${wanted}`].includes(each.name));
  if (found !== undefined) return found;
  throw new UsageError(`${name} has no consumer "${wanted}"${insteadOf(wanted, names)}`);
}

function timeframeOf({ given }: Context, beginning: number, now: number): Timeframe {
  const start = given.text("from");
  const end = given.text("to");
  if (start === undefined) {
    throw new UsageError(
      `--from is missing: a time, or beginning (${new Date(beginning).toISOString()})`,
    );
  }
  const from = start === "beginning" ? beginning : readTime("from", start);
  if (from < beginning) {
    throw new UsageError(
      `--from ${start} is before the beginning of the archive, ${new Date(beginning).toISOString()}`,
    );
  }
  if (end === undefined) return { from };
  const to = readTime("to", end);
  if (to <= from) throw new UsageError(`--to ${end} is not after --from ${start}`);
  if (to > now) throw new UsageError(`--to ${end} is in the future; leave it out`);
  return { from, to };
}

function readTime(option: string, text: string): number {
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (!Number.isNaN(time)) return time;
  throw new UsageError(`--${option} is a time such as 2026-01-31T10:00:00Z (given "${text}")`);
}

function described({ from, to }: Timeframe) {
  return {
    from: new Date(from).toISOString(),
    ...(to !== undefined && { to: new Date(to).toISOString() }),
  };
}

function inWords({ from, to }: Timeframe): string {
  const start = new Date(from).toISOString();
  return to === undefined
    ? `at ${start} or later`
    : `from ${start} to ${new Date(to).toISOString()}`;
}

/** What an interruption leaves behind, and what to do. */
function resumption(
  { to }: Timeframe,
  topic: string,
  given: Context["given"],
  missedFrom: number,
): string {
  if (to === undefined) return "SNS continues the replay";
  const from = new Date(missedFrom).toISOString();
  return `SNS continues the replay and then delivers no new messages; resume it by replay ${topic} --consumer ${given.text("consumer")} --from ${from} --yes`;
}

/** Follows a replay to its end. */
async function completion(
  { stack, terminal, note }: Context,
  name: string,
  subscriptionArn: string,
  interrupted: string,
): Promise<void> {
  for (;;) {
    const status = await replayStatus(stack.clients, subscriptionArn);
    if (status === "Completed") return;
    if (status === undefined || status === "Failed") {
      throw new OpsError(
        `${name}: the replay ${status === "Failed" ? "failed" : "was ended"}; see the topic's archive policy, its key and the subscription`,
      );
    }
    note(`${name}: ${status.toLowerCase()} ...`);
    await terminal.pause(pollMilliseconds).catch((cause: unknown) => {
      throw new OpsError(interrupted, { cause });
    });
  }
}
