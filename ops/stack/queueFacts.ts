import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "./clients.ts";

/** What SQS says of a queue; its counts are approximate on AWS. */
export type QueueFacts = {
  readonly arn: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** After how many receives a message goes to the dead-letter queue, where it has one. */
  readonly maxReceiveCount?: number | undefined;
};

export async function describeQueue(clients: Clients, url: string): Promise<QueueFacts> {
  const { Attributes = {} } = await clients
    .sqs(url)
    .send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }));
  const { QueueArn = "", RedrivePolicy } = Attributes;
  return {
    arn: QueueArn,
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    maxReceiveCount: RedrivePolicy && JSON.parse(RedrivePolicy).maxReceiveCount,
  };
}
