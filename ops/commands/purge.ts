import { PurgeQueueCommand } from "@aws-sdk/client-sqs";
import { agrees, type Command, consent } from "../command.ts";
import { OpsError } from "../errors.ts";
import { count } from "../output.ts";
import { describeQueue, findQueue } from "../stack/queues.ts";

export const purge: Command = {
  name: "purge",
  positionals: ["QUEUE"],
  summary: "deletes all messages of a queue irrevocably",
  details: `Including those in flight and delayed. On a terminal it asks for the queue's name. A purge takes up to a
minute, in which new messages may be deleted too; SQS allows one purge a minute.`,
  options: {
    max: {
      type: "string",
      value: "N",
      about: "delete nothing if the queue has more messages, 0 to 1000000",
    },
    ...consent,
  },
  async run({ given, stack, terminal, show }) {
    const { name, url } = await findQueue(stack, given.required(0, "QUEUE"));
    const { visible, inFlight, delayed } = await describeQueue(stack.clients, url);
    const messages = visible + inFlight + delayed;
    const most = given.wholeNumber("max", { min: 0, max: 1_000_000 });
    if (most !== undefined && messages > most) {
      throw new OpsError(
        `${name} has ${count(messages, "message")}, more than ${most}; nothing was deleted`,
      );
    }
    const plan = { queue: name, messages };
    if (!agrees(given)) {
      const hint = messages === 0 ? "" : "; --yes deletes them";
      return show(`${name}: ${count(messages, "message")} to delete${hint}`, {
        ...plan,
        purged: false,
      });
    }
    const answer = await terminal.ask?.(
      `This deletes ${count(messages, "message")} irrevocably. To confirm, type the name of the queue: `,
    );
    if (answer !== undefined && answer.trim() !== name) {
      throw new OpsError(`the name is not ${name}; nothing was deleted`);
    }
    await stack.clients.sqs(url).send(new PurgeQueueCommand({ QueueUrl: url }));
    show(`${name}: ${count(messages, "message")} deleted`, { ...plan, purged: true });
  },
};
