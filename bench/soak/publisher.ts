import { PublishBatchCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { systemOutputs } from "../../local/systems/stackOutputs.ts";
import { examples } from "../../systems/index.ts";
import { ledgerTopics } from "./program.ts";
import type { Runner } from "./runner.ts";

const groups = 20;

/** What was published to a topic that keeps a ledger. */
export type Published = {
  /** Messages that the topic accepted, `GROUP NUMBER`. A group's numbers rise. */
  readonly accepted: string[];
  /** Of which no answer came. They may have arrived. */
  readonly unknown: string[];
};

/** Publishes to the ledgers' topics and to every system, while a run is ready. */
export class Publisher {
  readonly published: Readonly<Record<string, Published>> = Object.fromEntries(
    ledgerTopics.map((name) => [name, { accepted: [], unknown: [] }]),
  );
  readonly #runner: Runner;
  #number = 0;
  #example = 0;
  examples = 0;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** One message for each group of each topic, and one example of a system. Waits for all answers. */
  async publishOnce(): Promise<void> {
    const { ready } = this.#runner;
    if (ready === undefined) return;
    const { url, outputs } = ready;
    const sns = clientOf(url);
    try {
      await Promise.all([
        ...ledgerTopics.map((name) =>
          this.#publishRound(sns, name, systemOutputs(outputs, name).topicArn),
        ),
        this.#publishExample(sns, outputs),
      ]);
    } finally {
      sns.destroy();
    }
  }

  async #publishRound(sns: SNSClient, name: string, TopicArn: string): Promise<void> {
    const number = ++this.#number;
    const messages = Array.from({ length: groups }, (_, group) => ({
      group,
      text: `${group} ${number}`,
    }));
    for (const half of [messages.slice(0, groups / 2), messages.slice(groups / 2)]) {
      const into = this.published[name];
      try {
        const { Successful = [] } = await sns.send(
          new PublishBatchCommand({
            TopicArn,
            PublishBatchRequestEntries: half.map(({ group, text }) => ({
              Id: String(group),
              Message: text,
              ...(TopicArn.endsWith(".fifo") && { MessageGroupId: String(group) }),
            })),
          }),
        );
        const accepted = new Set(Successful.map(({ Id }) => Id));
        for (const { group, text } of half) {
          into?.[accepted.has(String(group)) ? "accepted" : "unknown"].push(text);
        }
      } catch {
        // The run was killed meanwhile: whether the messages arrived is not known.
        into?.unknown.push(...half.map(({ text }) => text));
      }
    }
  }

  async #publishExample(sns: SNSClient, outputs: unknown): Promise<void> {
    const all = Object.entries(examples).flatMap(([system, { messages = [] }]) =>
      messages.map((message) => ({ system, ...message })),
    );
    const next = all[this.#example++ % all.length];
    if (next === undefined) return;
    const { system, message, attributes = {}, groupId } = next;
    try {
      await sns.send(
        new PublishCommand({
          TopicArn: systemOutputs(outputs, system).topicArn,
          Message: typeof message === "string" ? message : JSON.stringify(message),
          MessageGroupId: groupId,
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [
              name,
              { DataType: "String", StringValue },
            ]),
          ),
        }),
      );
      this.examples++;
    } catch (error) {
      if (this.#runner.ready !== undefined) console.warn(`${system}: ${String(error)}`);
    }
  }
}

/** It tries once: what has no answer counts as unknown. */
function clientOf(endpoint: string): SNSClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new SNSClient({ endpoint, region: "eu-west-1", credentials, maxAttempts: 1 });
}
