import { existsSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { systemOutputs } from "../../local/systems/stackOutputs.ts";
import { consumers, ledgerFile, ledgerTopics } from "./program.ts";
import type { Publisher } from "./publisher.ts";
import type { Runner } from "./runner.ts";
import { judge } from "./verdict.ts";

/** Waits until no queue of a ledger has a message. Says which have, if that takes too long. */
export async function untilEmpty(runner: Runner, milliseconds: number): Promise<boolean> {
  const end = Date.now() + milliseconds;
  const sqs = clientOf(runner);
  for (;;) {
    const left = await Promise.all(queues(runner, "queueUrl").map((url) => lengthOf(sqs, url)));
    if (left.every((count) => count === 0)) return true;
    if (Date.now() > end) {
      console.log(`messages still in the queues: ${left.join(", ")}`);
      return false;
    }
    await pause(1000);
  }
}

function queues(runner: Runner, kind: "queueUrl" | "deadLetterQueueUrl"): string[] {
  return ledgerTopics.flatMap((topic) =>
    consumers.map((name) => {
      const found = systemOutputs(runner.ready?.outputs, topic).consumers[name]?.[kind];
      if (found === undefined) throw new Error(`${topic}/${name} has no ${kind}`);
      return found;
    }),
  );
}

async function lengthOf(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) +
    Number(Attributes.ApproximateNumberOfMessagesNotVisible) +
    Number(Attributes.ApproximateNumberOfMessagesDelayed)
  );
}

/** Prints what became of the messages of each ledger. @returns whether none is lost, and no group out of order */
export async function report(
  runner: Runner,
  publisher: Publisher,
  folder: string,
): Promise<boolean> {
  let fine = true;
  const sqs = clientOf(runner);
  const deadLetters = queues(runner, "deadLetterQueueUrl").values();
  for (const topic of ledgerTopics) {
    for (const consumer of consumers) {
      const dead = await drain(sqs, deadLetters.next().value ?? "");
      const file = ledgerFile(folder, topic, consumer);
      const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
      const published = publisher.published[topic] ?? { accepted: [], unknown: [] };
      const { lost, inverted, strange, ...counts } = judge(published, lines, dead);
      const disorder = topic === "soak-ordered" ? inverted : [];
      fine &&= lost.length === 0 && disorder.length === 0 && strange.length === 0;
      console.log(
        `${topic}/${consumer}: ${counts.accepted} accepted (${published.unknown.length} without an answer), ` +
          `${counts.handled} handled, ${counts.repeated} again, ${dead.length} in the dead-letter queue; ` +
          `lost ${lost.length}, out of order ${disorder.length}, strange ${strange.length}`,
      );
      for (const text of [...lost, ...disorder, ...strange].slice(0, 10)) console.log(`  ${text}`);
    }
  }
  return fine;
}

async function drain(sqs: SQSClient, QueueUrl: string): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 43_200 }),
    );
    if (Messages.length === 0) return texts;
    texts.push(...Messages.map(({ Body = "" }) => Body));
  }
}

function clientOf({ ready }: Runner): SQSClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return new SQSClient({ endpoint: ready?.url ?? "", region: "eu-west-1", credentials });
}
