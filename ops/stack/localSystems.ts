import * as v from "valibot";
import { arnParts } from "../../aws/arn.ts";
import { readLocalApi } from "./localApi.ts";
import type { Consumer, System } from "./stack.ts";

const named = v.object({ arn: v.string(), name: v.string() });

const overview = v.object({
  region: v.string(),
  systems: v.array(
    v.object({
      name: v.string(),
      topic: v.optional(named),
      sources: v.array(named),
      consumers: v.array(
        v.object({
          name: v.string(),
          subscriptionArn: v.string(),
          queue: v.optional(named),
          deadLetters: v.optional(named),
          function: v.optional(named),
        }),
      ),
      otherQueues: v.array(named),
    }),
  ),
  functions: v.record(v.string(), v.unknown()),
});

/** What a local run has, whatever its program exports. */
export type LocalSystems = {
  readonly region: string;
  /** A system for each topic, and `queues` for the queues that are subscribed to none. */
  readonly systems: readonly System[];
  /** Names of all functions. */
  readonly functions: readonly string[];
};

/** @param url endpoint of the run */
export async function readLocalSystems(url: string): Promise<LocalSystems> {
  const { region, systems, functions } = await readLocalApi(url, "overview", overview);
  return {
    region,
    systems: systems
      .map((system) => systemOf(system, url))
      .filter(({ topicArn, consumers }) => topicArn !== undefined || consumers.length > 0),
    functions: [...new Set(Object.keys(functions).map(plainName))].sort(),
  };
}

type Described = v.InferOutput<typeof overview>["systems"][number];

function systemOf(
  { name, topic, sources, consumers, otherQueues }: Described,
  url: string,
): System {
  return {
    name,
    topicArn: topic?.arn,
    bucket: sources[0]?.name,
    consumers: [
      ...consumers
        .filter(({ queue }) => topic !== undefined || queue !== undefined)
        .map(
          (consumer): Consumer => ({
            name: `${name}/${consumer.name}`,
            queueUrl: queueUrl(consumer.queue, url),
            deadLetterQueueUrl: queueUrl(consumer.deadLetters, url),
            functionName: consumer.function && functionName(consumer.function.arn),
            subscriptionArn: topic === undefined ? undefined : consumer.subscriptionArn,
          }),
        ),
      ...otherQueues.map(
        (queue): Consumer => ({
          name: `${name}/${queue.name}`,
          queueUrl: queueUrl(queue, url),
          subscriptionArn: undefined,
        }),
      ),
    ],
  };
}

function queueUrl(queue: v.InferOutput<typeof named> | undefined, url: string) {
  if (queue === undefined) return undefined;
  const { account, resource } = arnParts(queue.arn);
  return `${url}/${account}/${resource}`;
}

function functionName(arn: string): string {
  return arnParts(arn).resource.replace(/^function:/, "");
}

/** Without the name of an alias. */
function plainName(arn: string): string {
  return functionName(arn).split(":")[0] ?? "";
}
