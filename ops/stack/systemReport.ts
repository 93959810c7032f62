import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { messageOf } from "../problems.ts";
import type { Clients } from "./clients.ts";
import type { Consumer, System } from "./outputs.ts";
import { describeQueue, type QueueFacts } from "./queueFacts.ts";
import { type Queue, queuesOf } from "./queues.ts";

/** How a system is doing. */
export type SystemReport = {
  readonly name: string;
  readonly topicArn: string;
  readonly subscriptions: { readonly confirmed: number; readonly pending: number };
  readonly queues: readonly QueueReport[];
  /** Why what belongs to a consumer could not be looked at. */
  readonly problems: readonly { readonly consumer: string; readonly problem: string }[];
};

export type QueueReport = Pick<Queue, "name" | "role" | "url"> &
  Omit<QueueFacts, "arn"> & {
    /** Of its oldest message; absent where there is none, or nobody knows. */
    readonly oldestAgeSeconds?: number;
  };

/** In seconds, by the queue's ARN. */
type Ages = ReadonlyMap<string, number>;

export async function reportSystem(
  clients: Clients,
  { name, topicArn, consumers }: System,
  ages: Ages,
): Promise<SystemReport> {
  const [subscriptions, found] = await Promise.all([
    countSubscriptions(clients, topicArn),
    Promise.all(consumers.map((consumer) => reportConsumer(clients, consumer, ages))),
  ]);
  return {
    name,
    topicArn,
    subscriptions,
    queues: found.flatMap(({ queues = [] }) => queues),
    problems: found.flatMap(({ consumer, problem }) =>
      problem === undefined ? [] : [{ consumer, problem }],
    ),
  };
}

async function countSubscriptions(clients: Clients, topicArn: string) {
  const { Attributes = {} } = await clients
    .sns(topicArn)
    .send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  return {
    confirmed: Number(Attributes.SubscriptionsConfirmed ?? 0),
    pending: Number(Attributes.SubscriptionsPending ?? 0),
  };
}

/** A queue that is gone, or of an account that lets nobody look, hides no other. */
async function reportConsumer(clients: Clients, consumer: Consumer, ages: Ages) {
  try {
    return { consumer: consumer.name, queues: await reportQueues(clients, consumer, ages) };
  } catch (error) {
    return { consumer: consumer.name, problem: messageOf(error) };
  }
}

async function reportQueues(
  clients: Clients,
  consumer: Consumer,
  ages: Ages,
): Promise<QueueReport[]> {
  const queues = await queuesOf(clients, consumer);
  return Promise.all(
    queues.map(async ({ name, role, url }) => {
      const { arn, ...facts } = await describeQueue(clients, url);
      const oldestAgeSeconds = ages.get(arn);
      return {
        name,
        role,
        url,
        ...facts,
        ...(oldestAgeSeconds !== undefined && { oldestAgeSeconds }),
      };
    }),
  );
}
