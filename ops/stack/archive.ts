import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  SetSubscriptionAttributesCommand,
} from "@aws-sdk/client-sns";
import { UsageError } from "../errors.ts";
import type { Clients } from "./clients.ts";
import { type System, topicOf } from "./stack.ts";

/** Messages that a FIFO topic published, in milliseconds since 1970. */
export type Timeframe = {
  readonly from: number;
  /** Undefined for all until now, and the new ones after them. */
  readonly to?: number | undefined;
};

/**
 * When the archive of a topic begins.
 *
 * @throws UsageError if the topic has no archive
 */
export async function archiveBeginning(clients: Clients, system: System): Promise<number> {
  const topicArn = topicOf(system);
  const { Attributes = {} } = await clients
    .sns(topicArn)
    .send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  const { BeginningArchiveTime: beginning } = Attributes;
  if (beginning !== undefined) return Date.parse(beginning);
  throw new UsageError(
    topicArn.endsWith(".fifo")
      ? `${system.name} has no archive; set fifo.archiveDays on the topic`
      : `${system.name} is a standard topic; only FIFO topics have archives`,
  );
}

/**
 * Starts a replay, which replaces a former one of the subscription.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html
 */
export async function startReplay(
  clients: Clients,
  subscriptionArn: string,
  { from, to }: Timeframe,
): Promise<void> {
  await clients.sns(subscriptionArn).send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: subscriptionArn,
      AttributeName: "ReplayPolicy",
      AttributeValue: JSON.stringify({
        PointType: "Timestamp",
        StartingPoint: new Date(from).toISOString(),
        EndingPoint: to === undefined ? undefined : new Date(to).toISOString(),
      }),
    }),
  );
}

/** `Pending`, `In progress`, `Completed` or `Failed`; undefined without a replay. */
export async function replayStatus(
  clients: Clients,
  subscriptionArn: string,
): Promise<string | undefined> {
  const { Attributes = {} } = await clients
    .sns(subscriptionArn)
    .send(new GetSubscriptionAttributesCommand({ SubscriptionArn: subscriptionArn }));
  return Attributes.ReplayStatus;
}
