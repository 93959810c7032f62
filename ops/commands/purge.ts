import { PurgeQueueCommand } from "@aws-sdk/client-sqs";
import { type Command, consent } from "../command.ts";
import { count } from "../output/table.ts";
import { OpsError } from "../problems.ts";
import { describeQueue } from "../stack/queueFacts.ts";
import { findQueue } from "../stack/queues.ts";

export const purge: Command = {
  name: "purge",
  positionals: ["QUEUE"],
  summary: "deletes all messages of a queue, for good",
  details: `Those in flight and delayed, too. On a terminal it asks for the queue's name. SQS takes up to a minute, in
which new messages may be deleted with the old, and allows one purge a minute.`,
  options: consent,
  async run({ given, stack, surroundings, show }) {
    const { name, url } = await findQueue(stack, given.required(0, "QUEUE"));
    const { visible, inFlight, delayed } = await describeQueue(stack.clients, url);
    const messages = visible + inFlight + delayed;
    const plan = { queue: name, messages };
    if (!given.flag("yes")) {
      const hint = messages === 0 ? "" : "; --yes deletes them";
      return show(`${name}: ${count(messages, "message")} to delete${hint}`, {
        ...plan,
        purged: false,
      });
    }
    const answer = await surroundings.ask?.(
      `This deletes ${count(messages, "message")} for good. The queue's name, to go on: `,
    );
    if (answer !== undefined && answer.trim() !== name) {
      throw new OpsError(`that is not ${name}: nothing is deleted`);
    }
    await stack.clients.sqs(url).send(new PurgeQueueCommand({ QueueUrl: url }));
    show(`${name}: ${count(messages, "message")} deleted`, { ...plan, purged: true });
  },
};
