import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import * as v from "valibot";
import { parseArn } from "../../aws/arn.ts";
import { messageOf } from "../errors.ts";
import type { Clients } from "./clients.ts";
import { readLocalApi } from "./localApi.ts";
import { describeQueue, type Queue, type QueueFacts, queuesOf } from "./queues.ts";
import type { Consumer, System } from "./stack.ts";

/** The state of a system. */
export type SystemReport = {
  readonly name: string;
  /** Absent for queues without a topic. */
  readonly topicArn?: string;
  readonly subscriptions: { readonly confirmed: number; readonly pending: number };
  readonly queues: readonly QueueReport[];
  /** Consumers whose queues could not be read, and why. */
  readonly problems: readonly { readonly consumer: string; readonly problem: string }[];
};

export type QueueReport = Pick<Queue, "name" | "role" | "url"> &
  Omit<QueueFacts, "arn"> & {
    /** Age of the oldest message; absent if there is none, or on AWS. */
    readonly oldestAgeSeconds?: number;
    /** Of a fair queue, that is, if its messages have groups; absent on AWS. */
    readonly noisyGroups?: number;
  };

/** What the API of SQS does not return, by the ARN of the queue. */
type LocalStates = ReadonlyMap<string, Pick<QueueReport, "oldestAgeSeconds" | "noisyGroups">>;

export async function reportSystem(
  clients: Clients,
  { name, topicArn, consumers }: System,
  states: LocalStates,
): Promise<SystemReport> {
  const [subscriptions, found] = await Promise.all([
    topicArn === undefined ? noSubscriptions : countSubscriptions(clients, topicArn),
    Promise.all(consumers.map((consumer) => reportConsumer(clients, consumer, states))),
  ]);
  return {
    name,
    ...(topicArn !== undefined && { topicArn }),
    subscriptions,
    queues: found.flatMap(({ queues = [] }) => queues),
    problems: found.flatMap(({ consumer, problem }) =>
      problem === undefined ? [] : [{ consumer, problem }],
    ),
  };
}

const noSubscriptions = { confirmed: 0, pending: 0 };

async function countSubscriptions(clients: Clients, topicArn: string) {
  const { Attributes = {} } = await clients
    .sns(topicArn)
    .send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  return {
    confirmed: Number(Attributes.SubscriptionsConfirmed ?? 0),
    pending: Number(Attributes.SubscriptionsPending ?? 0),
  };
}

/** A queue that was deleted, or that may not be read, does not hide the others. */
async function reportConsumer(clients: Clients, consumer: Consumer, states: LocalStates) {
  try {
    return { consumer: consumer.name, queues: await reportQueues(clients, consumer, states) };
  } catch (error) {
    return { consumer: consumer.name, problem: messageOf(error) };
  }
}

async function reportQueues(
  clients: Clients,
  consumer: Consumer,
  states: LocalStates,
): Promise<QueueReport[]> {
  const queues = await queuesOf(clients, consumer);
  return Promise.all(
    queues.map(async ({ name, role, url }) => {
      const { arn, ...facts } = await describeQueue(clients, url);
      return { name, role, url, ...facts, ...states.get(arn) };
    }),
  );
}

const overview = v.object({
  functions: v.record(v.string(), v.object({ notRunHere: v.optional(v.boolean()) })),
  notFromProgram: v.optional(v.array(v.string()), []),
  failures: v.optional(v.number(), 0),
  queues: v.record(
    v.string(),
    v.object({
      oldestAgeSeconds: v.optional(v.number()),
      fairness: v.optional(v.object({ noisyGroups: v.number() })),
    }),
  ),
});

/**
 * What clients of the API made on a local run, and no program: `queue orders-copy`.
 *
 * @param localUrl endpoint of the run; undefined for a deployed stack, which does not say
 */
export async function notFromProgram(localUrl: string | undefined): Promise<readonly string[]> {
  return localUrl === undefined
    ? []
    : (await readLocalApi(localUrl, "overview", overview)).notFromProgram;
}

/**
 * How many events go wrong on a local run.
 *
 * @param localUrl endpoint of the run; undefined for a deployed stack, which does not say
 */
export async function openFailures(localUrl: string | undefined): Promise<number> {
  return localUrl === undefined ? 0 : (await readLocalApi(localUrl, "overview", overview)).failures;
}

/**
 * The functions of a local run that are container images: it does not run them, and their messages wait.
 *
 * @param localUrl endpoint of the run; undefined for a deployed stack, which runs them
 */
export async function notRunHere(localUrl: string | undefined): Promise<readonly string[]> {
  if (localUrl === undefined) return [];
  const { functions } = await readLocalApi(localUrl, "overview", overview);
  return Object.entries(functions)
    .filter(([, state]) => state.notRunHere)
    .map(([arn]) => parseArn(arn)?.resource.replace("function:", "") ?? arn)
    .sort();
}

/**
 * The age of the oldest message in each queue of a local run, in seconds, and its noisy groups. The API of SQS does
 * not return them; on AWS they are metrics of CloudWatch, which the alarms use.
 *
 * @param localUrl endpoint of the run; undefined for a deployed stack, of which nothing is returned
 */
export async function localStates(localUrl: string | undefined): Promise<LocalStates> {
  if (localUrl === undefined) return new Map();
  const { queues } = await readLocalApi(localUrl, "overview", overview);
  return new Map(
    Object.entries(queues).map(([arn, { oldestAgeSeconds, fairness }]) => [
      arn,
      {
        ...(oldestAgeSeconds !== undefined && { oldestAgeSeconds }),
        ...(fairness !== undefined && { noisyGroups: fairness.noisyGroups }),
      },
    ]),
  );
}
