import { PublishCommand } from "@aws-sdk/client-sns";
import type { RunningSystems } from "./systems.ts";

export type TestMessage = {
  /** A text as it is, anything else as JSON. */
  readonly message: unknown;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groupId?: string;
};

/** Publishes messages to a system's topic, one after another, and gives their ids. */
export async function publishTo(
  { clients, system }: Pick<RunningSystems, "clients" | "system">,
  name: string,
  ...messages: readonly TestMessage[]
): Promise<string[]> {
  const ids: string[] = [];
  for (const { message, attributes = {}, groupId } of messages) {
    const { MessageId = "" } = await clients.sns.send(
      new PublishCommand({
        TopicArn: system(name).topicArn,
        Message: typeof message === "string" ? message : JSON.stringify(message),
        MessageGroupId: groupId,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([key, value]) => [
            key,
            { DataType: "String", StringValue: value },
          ]),
        ),
      }),
    );
    ids.push(MessageId);
  }
  return ids;
}
