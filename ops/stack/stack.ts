import * as v from "valibot";
import { didYouMean } from "../../aws/nearest.ts";
import { type ConsumerOutputs, parseStackOutputs } from "../../local/stackOutputs.ts";
import { OpsError, UsageError } from "../errors.ts";
import type { Clients } from "./clients.ts";

/** The systems of a local run or of a deployed stack, and clients for them. */
export class Stack {
  readonly systems: readonly System[];
  readonly clients: Clients;
  /** Endpoint of the local run; undefined for a deployed stack. */
  readonly localUrl: string | undefined;
  /** Names of the functions of a local run whose program exports no systems; otherwise none. */
  readonly functions: readonly string[];

  constructor(options: {
    readonly systems: readonly System[];
    readonly clients: Clients;
    readonly localUrl?: string;
    readonly functions?: readonly string[];
  }) {
    this.systems = options.systems;
    this.clients = options.clients;
    this.localUrl = options.localUrl;
    this.functions = options.functions ?? [];
  }

  /** @throws UsageError that suggests the nearest system */
  system(name: string): System {
    const found = this.systems.find((system) => system.name === name);
    if (found !== undefined) return found;
    throw unknown("system", name, this.systems);
  }

  /** @throws UsageError that suggests the nearest consumer */
  consumer(name: string): Consumer {
    const consumers = this.systems.flatMap((system) => system.consumers);
    const found = consumers.find((consumer) => consumer.name === name);
    if (found !== undefined) return found;
    throw unknown("consumer", name, consumers);
  }
}

function unknown(what: string, name: string, known: readonly { readonly name: string }[]) {
  const names = known.map((each) => each.name);
  const there = names.length === 0 ? "there are none" : `available: ${names.join(", ")}`;
  return new UsageError(`there is no ${what} "${name}"${didYouMean(name, names) || `; ${there}`}`);
}

export type System = {
  readonly name: string;
  /** Undefined for queues that are subscribed to no topic, which a local run shows as a system. */
  readonly topicArn: string | undefined;
  /** Name of the bucket whose files it handles, where it has one. */
  readonly bucket?: string | undefined;
  readonly consumers: readonly Consumer[];
};

/** @throws UsageError if the system has no topic */
export function topicOf({ name, topicArn }: System): string {
  if (topicArn !== undefined) return topicArn;
  throw new UsageError(`${name} are queues without a topic: name a topic`);
}

export type Consumer = Pick<ConsumerOutputs, "queueUrl" | "deadLetterQueueUrl" | "functionName"> & {
  /** Undefined for a queue that is subscribed to no topic. */
  readonly subscriptionArn: string | undefined;
  /** With the name of its system: `orders/billing`. */
  readonly name: string;
};

/**
 * Reads the systems from a stack's outputs.
 *
 * @param from names the source of the outputs in the error
 */
export function readSystems(outputs: unknown, from: string): System[] {
  const result = parseStackOutputs(outputs);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue) ?? "systems";
    throw new OpsError(
      `the outputs of ${from} are not those of this program: ${path}: ${issue.message}`,
    );
  }
  return Object.entries(result.output.systems).map(([system, { topicArn, bucket, consumers }]) => ({
    name: system,
    topicArn,
    bucket,
    consumers: Object.entries(consumers).map(([name, outputs]) => ({
      name: `${system}/${name}`,
      queueUrl: outputs.queueUrl,
      deadLetterQueueUrl: outputs.deadLetterQueueUrl,
      functionName: outputs.functionName,
      subscriptionArn: outputs.subscriptionArn,
    })),
  }));
}
