import { PublishCommand } from "@aws-sdk/client-sns";
import type { Command, Context } from "../command.ts";
import { UsageError } from "../errors.ts";
import { exampleMessage, listExamples } from "../messages/examples.ts";
import { type MessageToSend, messageFileHelp, readMessageFile } from "../messages/messageFile.ts";
import { topicOf } from "../stack/stack.ts";

export const publish: Command = {
  name: "publish",
  positionals: ["SYSTEM", "[FILE]"],
  summary: "publishes a message to a system's topic",
  details: `${messageFileHelp}
- is the standard input.`,
  options: {
    example: {
      type: "string",
      value: "TITLE",
      about: "one of the system's examples instead of a file",
    },
    attribute: {
      type: "string",
      multiple: true,
      value: "NAME=TEXT",
      about: "a message attribute; may be repeated",
    },
    group: { type: "string", value: "ID", about: "the message group; required for a FIFO topic" },
    deduplication: { type: "string", value: "ID", about: "the deduplication id, on a FIFO topic" },
    subject: { type: "string", value: "TEXT", about: "the subject" },
  },
  async run(context) {
    const { given, stack, show } = context;
    const system = stack.system(given.required(0, "SYSTEM"));
    const topicArn = topicOf(system);
    const message = withOptions(await messageFor(system.name, context), given);
    if (topicArn.endsWith(".fifo") && message.groupId === undefined) {
      throw new UsageError(`${system.name} is a FIFO topic: set the message group by --group`);
    }
    const { MessageId, SequenceNumber } = await stack.clients.sns(topicArn).send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: message.body,
        MessageAttributes: { ...message.attributes },
        Subject: message.subject,
        MessageGroupId: message.groupId,
        MessageDeduplicationId: message.deduplicationId,
      }),
    );
    show(`${system.name}: published ${MessageId}`, {
      system: system.name,
      messageId: MessageId,
      sequenceNumber: SequenceNumber,
    });
  },
};

async function messageFor(
  system: string,
  { given, terminal, examples }: Context,
): Promise<MessageToSend> {
  const file = given.optional(1);
  const title = given.text("example");
  if (file !== undefined && title !== undefined) {
    throw new UsageError("give either FILE or --example, not both");
  }
  if (file !== undefined) return readMessageFile(file, terminal);
  if (title !== undefined) return exampleMessage(examples, system, title);
  throw new UsageError(`give a FILE, or --example TITLE${listExamples(examples, system)}`);
}

/** Options of the command line override the file. */
function withOptions(message: MessageToSend, given: Context["given"]): MessageToSend {
  return {
    body: message.body,
    attributes: {
      ...message.attributes,
      ...Object.fromEntries(given.texts("attribute").map(readAttribute)),
    },
    subject: given.text("subject") ?? message.subject,
    groupId: given.text("group") ?? message.groupId,
    deduplicationId: given.text("deduplication") ?? message.deduplicationId,
  };
}

function readAttribute(text: string) {
  const equals = text.indexOf("=");
  if (equals < 1) throw new UsageError(`--attribute is NAME=TEXT (given "${text}")`);
  const value = { DataType: "String", StringValue: text.slice(equals + 1) };
  return [text.slice(0, equals), value] as const;
}
