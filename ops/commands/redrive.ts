import {
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import type { Arguments } from "../arguments.ts";
import { agrees, type Command, type Context, consent } from "../command.ts";
import { OpsError, UsageError } from "../errors.ts";
import { moveSelected } from "../messages/moving.ts";
import { type Selection, selectionOf, selectionOptions } from "../messages/selection.ts";
import { count } from "../output.ts";
import { describeQueue, findQueue, type Queue } from "../stack/queues.ts";

export const redrive: Command = {
  name: "redrive",
  positionals: ["DEAD-LETTER-QUEUE"],
  summary: "moves dead letters back to their queue, to be handled again",
  details: `SQS moves them (StartMessageMoveTask), and continues if this command is interrupted. A moved message is new:
it has another id, no receives, and the full retention period. With --id, --match or --copy this command
moves them itself: each is sent and then deleted, so that an interruption loses none. A consumer that was
added later gets the dead letters of another with --to.`,
  options: {
    to: {
      type: "string",
      value: "QUEUE",
      about: "another destination than the queue they came from",
    },
    rate: { type: "string", value: "N", about: "messages a second, 1 to 500 (as fast as SQS can)" },
    ...selectionOptions,
    copy: { type: "boolean", about: "leave the messages in the dead-letter queue, too" },
    ...consent,
  },
  async run(context) {
    const { given, stack, show } = context;
    const queue = await findQueue(stack, given.required(0, "DEAD-LETTER-QUEUE"));
    requireDeadLetters(queue);
    // Without a destination, SQS cannot move letters that a handler sent itself: it does not know their source.
    const destination = await findQueue(stack, given.text("to") ?? queue.consumer.name);
    if (destination.url === queue.url) {
      throw new UsageError(`--to is ${queue.name} itself: name another queue`);
    }
    const { arn, visible } = await describeQueue(stack.clients, queue.url);
    const selects = selectionOf(given);
    if (selects !== undefined || given.flag("copy")) {
      return redriveSelected(context, queue, destination, selects ?? (() => true));
    }
    const target = destination.name;
    const plan = { queue: queue.name, to: target, messages: visible };
    if (!agrees(given) || visible === 0) {
      const hint = visible === 0 ? "" : "; --yes moves them";
      return show(`${queue.name}: ${count(visible, "message")} to move to ${target}${hint}`, {
        ...plan,
        moved: 0,
      });
    }
    const moved = await startMove(context, queue, {
      SourceArn: arn,
      DestinationArn: (await describeQueue(stack.clients, destination.url)).arn,
      MaxNumberOfMessagesPerSecond: rateOf(given),
    });
    show(`${queue.name}: ${count(moved, "message")} moved to ${target}`, { ...plan, moved });
  },
};

function rateOf(given: Arguments): number | undefined {
  return given.wholeNumber("rate", { min: 1, max: 500 });
}

/** SQS's task moves all messages of a queue; some, or copies, are sent one by one. */
async function redriveSelected(
  context: Context,
  from: Queue,
  to: Queue,
  selects: Selection,
): Promise<void> {
  const { given, stack, show } = context;
  const { visible: most } = await describeQueue(stack.clients, from.url);
  const doIt = agrees(given);
  const copies = given.flag("copy");
  const { seen, matching } = await moveSelected(context, {
    ...{ from, to: doIt ? to : undefined, selects, most, rate: rateOf(given), copies },
  });
  const [move, moved] = copies ? ["copy", "copied"] : ["move", "moved"];
  const hint = doIt || matching === 0 ? "" : "; --yes does it";
  show(
    `${from.name}: ${count(matching, "message")} of ${seen} ${doIt ? moved : `to ${move}`} to ${to.name}${hint}`,
    { queue: from.name, to: to.name, seen, messages: matching, moved: doIt ? matching : 0 },
  );
}

function requireDeadLetters({ name, role, consumer }: Queue): void {
  if (role === "deadLetters") return;
  if (role === "work") {
    throw new UsageError(`${name} is not a dead-letter queue; redrive ${consumer.name}/dlq`);
  }
  throw new UsageError(
    `SQS cannot move the messages of ${name}, which come from SNS or Lambda; replay them`,
  );
}

/** Starts the task and follows it to its end. @returns how many messages it moved */
async function startMove(
  { stack, terminal, note }: Context,
  { name, url }: Queue,
  input: StartMessageMoveTaskCommand["input"],
): Promise<number> {
  const sqs = stack.clients.sqs(url);
  await sqs.send(new StartMessageMoveTaskCommand(input));
  for (;;) {
    const { Results = [] } = await sqs.send(
      new ListMessageMoveTasksCommand({ SourceArn: input.SourceArn, MaxResults: 1 }),
    );
    const [task] = Results;
    if (task === undefined)
      throw new OpsError(`SQS has no task that moves messages out of ${name}`);
    const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
    if (task.Status === "COMPLETED") return moved;
    if (task.Status !== "RUNNING") throw stopped(name, task);
    note(`${moved} of ${count(task.ApproximateNumberOfMessagesToMove ?? 0, "message")} moved ...`);
    await terminal.pause(1000).catch((cause: unknown) => {
      throw new OpsError(`SQS continues to move the messages out of ${name}`, { cause });
    });
  }
}

function stopped(name: string, task: ListMessageMoveTasksResultEntry): OpsError {
  const moved = task.ApproximateNumberOfMessagesMoved ?? 0;
  const why = task.FailureReason === undefined ? "" : `: ${task.FailureReason}`;
  return new OpsError(
    `the move out of ${name} ended as ${task.Status} after ${count(moved, "message")}${why}`,
  );
}
