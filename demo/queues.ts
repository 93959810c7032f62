import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Stage } from "./stage.ts";

/** How many messages a queue has, by what they wait for. */
export type Depth = {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
};

export async function depthOf(stage: Stage, queueUrl: string | undefined): Promise<Depth> {
  const attributes = await attributesOf(stage.clients.sqs, queueUrl);
  return {
    visible: Number(attributes.ApproximateNumberOfMessages),
    inFlight: Number(attributes.ApproximateNumberOfMessagesNotVisible),
    delayed: Number(attributes.ApproximateNumberOfMessagesDelayed),
  };
}

export async function arnOf(stage: Stage, queueUrl: string | undefined): Promise<string> {
  return (await attributesOf(stage.clients.sqs, queueUrl)).QueueArn ?? "";
}

/**
 * Up to ten messages that can be received at once.
 *
 * @param hiddenSeconds how long nobody else sees them. @default as the queue has it
 */
export async function receive(
  stage: Stage,
  queueUrl: string | undefined,
  hiddenSeconds?: number,
): Promise<Message[]> {
  const { Messages = [] } = await stage.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: hiddenSeconds,
      MessageSystemAttributeNames: ["All"],
    }),
  );
  return Messages;
}

export async function remove(
  stage: Stage,
  queueUrl: string | undefined,
  { ReceiptHandle }: Message,
): Promise<void> {
  await stage.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
}

async function attributesOf(
  sqs: SQSClient,
  queueUrl: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
  );
  return Attributes;
}
