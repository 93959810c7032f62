import type { Cloud } from "../../cloud.ts";
import { MadeResources } from "../../provider/madeResources.ts";

/** Something that a cloud has, and whether a program made it. */
export type Origins = {
  readonly isOfProgram: (kind: Kind, id: string) => boolean;
};

const types = {
  topic: "aws:sns/topic:Topic",
  subscription: "aws:sns/topicSubscription:TopicSubscription",
  queue: "aws:sqs/queue:Queue",
  bucket: "aws:s3/bucket:Bucket",
  table: "aws:dynamodb/table:Table",
  function: "aws:lambda/function:Function",
  mapping: "aws:lambda/eventSourceMapping:EventSourceMapping",
  rule: "aws:cloudwatch/eventRule:EventRule",
} as const;

type Kind = keyof typeof types;

/** What of the cloud the programs on it made, and not a client of its API. */
export function originsOf({ store }: Cloud): Origins {
  const made = new MadeResources(store).identities();
  return { isOfProgram: (kind, id) => made.has(`${types[kind]} ${id}`) };
}

/**
 * What clients made by the API and no program has: `queue orders-copy`, in the order of AWS's services. A
 * later run of the program leaves it as it is.
 */
export async function madeByClients(cloud: Cloud): Promise<string[]> {
  const { isOfProgram } = originsOf(cloud);
  const { topics, queues, buckets, tables, functions, mappings, streamMappings, events } = cloud;
  const all: readonly (readonly [kind: Kind, id: string, name: string])[] = [
    ...topics.list().map(({ arn, name }) => ["topic", arn, name] as const),
    ...topics.subscriptions().map(({ arn, topicArn, endpoint }) => {
      const topic = topicArn.split(":").at(-1);
      return ["subscription", arn, `${topic} to ${endpoint.split(":").at(-1)}`] as const;
    }),
    ...queues.list().map(({ name, url }) => ["queue", url, name] as const),
    ...buckets.list().map(({ name }) => ["bucket", name, name] as const),
    ...(await tables.list()).map((name) => ["table", name, name] as const),
    ...functions.list().map(({ name }) => ["function", name, name] as const),
    ...[...mappings.list(), ...streamMappings.list()].map(
      ({ uuid }) => ["mapping", uuid, uuid] as const,
    ),
    ...events.rules().map(({ arn, name }) => ["rule", ruleId(arn), name] as const),
  ];
  return all
    .filter(([kind, id]) => !isOfProgram(kind, id))
    .map(([kind, , name]) => `${kind} ${name}`);
}

/** As the program's engine knows a rule: its name, after that of its bus unless it is the default one. */
function ruleId(arn: string): string {
  return arn.slice(arn.indexOf(":rule/") + ":rule/".length);
}
