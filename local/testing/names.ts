import { didYouMean } from "../../aws/nearest.ts";
import type { Cloud } from "../cloud.ts";
import { shortName } from "../trace/shortName.ts";

type Named = { readonly arn: string; readonly name: string; readonly url?: string };

/** @param queue name, ARN or URL. @throws Error when there is none */
export function queueArn(cloud: Cloud, queue: string): string {
  return found("queue", cloud.queues.list(), queue).arn;
}

/** @param name or ARN. @throws Error when there is none */
export function functionArn({ functions }: Cloud, name: string): string {
  return found("function", functions.list(), name).arn;
}

/**
 * The functions that a name stands for.
 *
 * @param target name or ARN of a function; or name, ARN or URL of a queue that functions poll
 * @throws Error when there is none
 */
export function functionArns(cloud: Cloud, target: string): readonly string[] {
  const { functions, queues, mappings } = cloud;
  const queue = queues.list().find((each) => is(each, target));
  const polling = mappings.list().filter((mapping) => mapping.queueArn === queue?.arn);
  if (polling.length > 0) return polling.map((mapping) => mapping.functionArn);
  if (queue === undefined) return [found("function", functions.list(), target).arn];
  throw new Error(`no function polls the queue "${queue.name}"; name a function, or another queue`);
}

/** An ARN or a pattern as it is; else that of a queue, topic, function or bucket. @throws Error when there is none */
export function resourceArn(cloud: Cloud, resource: string): string {
  if (resource.startsWith("arn:") || /[*?]/.test(resource)) return resource;
  const { queues, topics, functions, buckets } = cloud;
  const resources: Named[] = [
    ...queues.list(),
    ...topics.list().map(({ arn }) => ({ arn, name: shortName(arn) })),
    ...functions.list(),
    ...buckets.list().map(({ name }) => ({ name, arn: `arn:aws:s3:::${name}` })),
  ];
  return found("resource", resources, resource).arn;
}

function found<T extends Named>(kind: string, all: readonly T[], text: string): T {
  const match = all.find((each) => is(each, text));
  if (match !== undefined) return match;
  const names = all.map(({ name }) => name);
  const known = names.length === 0 ? "it has none" : `it has ${names.join(", ")}`;
  throw new Error(`the cloud has no ${kind} "${text}"${didYouMean(text, names) || `; ${known}`}`);
}

function is({ arn, name, url }: Named, text: string): boolean {
  return [arn, name, url].includes(text);
}
