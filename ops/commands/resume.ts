import { agrees, type Command, type Context, consent } from "../command.ts";
import { OpsError } from "../errors.ts";
import { count } from "../output.ts";
import { findMapping, setEnabled } from "../stack/mappings.ts";
import { describeQueue } from "../stack/queues.ts";

export const resume: Command = {
  name: "resume",
  positionals: ["CONSUMER"],
  summary: "starts Lambda polling a consumer's queue again",
  details: "Enables the event source mapping that pause disabled.",
  options: {
    drain: { type: "boolean", about: "wait until the queue is empty, and report progress" },
    ...consent,
  },
  async run(context) {
    const { given, stack, show } = context;
    const consumer = stack.consumer(given.required(0, "CONSUMER"));
    const mapping = await findMapping(stack.clients, consumer);
    const waiting = await messagesIn(context, mapping.queueUrl);
    const plan = { consumer: consumer.name, messages: waiting };
    if (!agrees(given)) {
      const hint = mapping.state === "Enabled" ? "" : "; --yes resumes it";
      return show(
        `${consumer.name} is ${mapping.state}, ${count(waiting, "message")} waiting${hint}`,
        { ...plan, resumed: mapping.state === "Enabled" },
      );
    }
    await setEnabled(stack.clients, mapping, true, context.terminal);
    if (given.flag("drain")) await drain(context, consumer.name, mapping.queueUrl);
    const state = given.flag("drain")
      ? "its queue is empty"
      : `${count(waiting, "message")} waiting`;
    show(`${consumer.name} is resumed; ${state}`, { ...plan, resumed: true });
  },
};

async function drain(context: Context, name: string, queueUrl: string): Promise<void> {
  for (;;) {
    const left = await messagesIn(context, queueUrl);
    if (left === 0) return;
    context.note(`${count(left, "message")} left ...`);
    await context.terminal.pause(1000).catch((cause: unknown) => {
      throw new OpsError(`${name} is resumed; ${count(left, "message")} left`, { cause });
    });
  }
}

/** All of a queue: visible, in flight and delayed. On AWS the counts are approximate. */
async function messagesIn({ stack }: Context, queueUrl: string): Promise<number> {
  const { visible, inFlight, delayed } = await describeQueue(stack.clients, queueUrl);
  return visible + inFlight + delayed;
}
