import {
  ChangeMessageVisibilityBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { OpsError } from "../problems.ts";
import type { Clients } from "../stack/clients.ts";

/** The most that SQS hands out at once. */
export const largestBatch = 10;

/** Receives `most` messages, or fewer where there are no more. They stay hidden for `hideSeconds`. */
export async function receive(
  clients: Clients,
  url: string,
  { most, hideSeconds }: { readonly most: number; readonly hideSeconds: number },
): Promise<Message[]> {
  const messages: Message[] = [];
  while (messages.length < most) {
    const { Messages = [] } = await clients.sqs(url).send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(largestBatch, most - messages.length),
        VisibilityTimeout: hideSeconds,
        // A long poll asks all of SQS's servers, where a short one may miss what is there.
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) break;
    messages.push(...Messages);
  }
  return messages;
}

/** Lets others receive the messages again, at once. */
export async function giveBack(
  clients: Clients,
  url: string,
  messages: readonly Message[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += largestBatch) {
    const entries = messages.slice(start, start + largestBatch);
    const { Failed = [] } = await clients.sqs(url).send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: entries.map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
          VisibilityTimeout: 0,
        })),
      }),
    );
    const [problem] = Failed;
    if (problem !== undefined) {
      throw new OpsError(
        `${Failed.length} of the messages stay hidden for a while: ${problem.Message ?? problem.Code}`,
      );
    }
  }
}
