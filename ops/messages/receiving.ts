import {
  ChangeMessageVisibilityBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { OpsError } from "../errors.ts";
import type { Clients } from "../stack/clients.ts";

/** The most messages that SQS returns in one call. */
export const largestBatch = 10;

/** Receives up to `most` messages. They stay invisible for `hideSeconds`. */
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
        // A long poll queries all servers of SQS; a short one may miss messages.
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

/** Makes the messages visible again. */
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
    // A message whose timeout has ended is visible already.
    const problems = Failed.filter(({ Code = "" }) => !Code.endsWith("MessageNotInflight"));
    const [problem] = problems;
    if (problem !== undefined) {
      throw new OpsError(
        `${problems.length} of the messages stay invisible until their visibility timeout: ${problem.Message ?? problem.Code}`,
      );
    }
  }
}
