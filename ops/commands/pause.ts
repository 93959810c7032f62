import { agrees, type Command, type Context, consent } from "../command.ts";
import { OpsError } from "../errors.ts";
import { count } from "../output.ts";
import { findMapping, setEnabled } from "../stack/mappings.ts";
import { describeQueue } from "../stack/queues.ts";

export const pause: Command = {
  name: "pause",
  positionals: ["CONSUMER"],
  summary: "stops Lambda polling a consumer's queue, and waits for the messages in flight",
  details: `Disables the event source mapping. Messages stay in the queue, for its retention period at most; resume
starts it again. A \`pulumi up\` leaves the consumer paused, one with --refresh resumes it.`,
  options: consent,
  async run(context) {
    const { given, stack, show } = context;
    const consumer = stack.consumer(given.required(0, "CONSUMER"));
    const mapping = await findMapping(stack.clients, consumer);
    const facts = await describeQueue(stack.clients, mapping.queueUrl);
    const plan = { consumer: consumer.name, state: mapping.state, inFlight: facts.inFlight };
    if (!agrees(given)) {
      const hint = mapping.state === "Disabled" ? "" : "; --yes pauses it";
      return show(
        `${consumer.name} is ${mapping.state}, ${count(facts.inFlight, "message")} in flight${hint}`,
        { ...plan, paused: mapping.state === "Disabled" },
      );
    }
    await setEnabled(stack.clients, mapping, false, context.terminal);
    await waitForFlight(context, consumer.name, mapping.queueUrl);
    const { visible, delayed } = await describeQueue(stack.clients, mapping.queueUrl);
    show(`${consumer.name} is paused; ${count(visible + delayed, "message")} waiting`, {
      ...{ consumer: consumer.name, state: "Disabled", inFlight: 0, paused: true },
    });
  },
};

/** Batches that Lambda had received are still handled, or come back after their visibility timeout. */
async function waitForFlight(
  { stack, terminal, note }: Context,
  name: string,
  queueUrl: string,
): Promise<void> {
  for (;;) {
    const { inFlight } = await describeQueue(stack.clients, queueUrl);
    if (inFlight === 0) return;
    note(`${count(inFlight, "message")} in flight ...`);
    await terminal.pause(1000).catch((cause: unknown) => {
      throw new OpsError(`${name} is paused; ${count(inFlight, "message")} in flight`, { cause });
    });
  }
}
