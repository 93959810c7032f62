import * as v from "valibot";
import { type ConsumerOutputs, parseStackOutputs } from "../../local/systems/stackOutputs.ts";
import { OpsError, UsageError } from "../errors.ts";
import { consumerAliases, systemAliases } from "./aliases.ts";
import type { Clients } from "./clients.ts";
import { findNamed, unknownName } from "./names.ts";

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

  /**
   * @param name as `status` shows it, or that of its topic, as in the program or on AWS, or the topic's ARN
   * @throws UsageError that suggests the nearest systems
   */
  system(name: string): System {
    const systems = this.systems.map((system) => ({ ...system, aliases: systemAliases(system) }));
    const found = findNamed(systems, name);
    if (found !== undefined) return found;
    const consumer = findNamed(this.#consumers(), name);
    if (consumer === undefined) throw unknownName("system", name, namesOf(systems));
    throw new UsageError(`${consumer.name} is a consumer; name its system, ${consumer.system}`);
  }

  /**
   * @param name as `status` shows it, or that of its queue or function, as in the program or on AWS
   * @throws UsageError that suggests the nearest consumers
   */
  consumer(name: string): Consumer {
    const consumers = this.#consumers();
    const found = findNamed(consumers, name);
    if (found !== undefined) return found;
    const system = this.systems.find((each) => each.name === name);
    if (system === undefined) throw unknownName("consumer", name, namesOf(consumers));
    throw new UsageError(
      `${name} is a system; its consumers are ${namesOf(system.consumers).join(", ")}`,
    );
  }

  /**
   * The consumers of a system, or the one consumer.
   *
   * @throws UsageError that suggests the nearest of both
   */
  systemOrConsumer(name: string): {
    readonly system?: System;
    readonly consumers: readonly Consumer[];
  } {
    const systems = this.systems.map((each) => ({ ...each, aliases: systemAliases(each) }));
    const system = findNamed(systems, name);
    if (system !== undefined) return { system, consumers: system.consumers };
    const consumer = findNamed(this.#consumers(), name);
    if (consumer !== undefined) return { consumers: [consumer] };
    const known = [...namesOf(this.systems), ...namesOf(this.#consumers())];
    throw unknownName("system or consumer", name, known);
  }

  #consumers() {
    return this.systems.flatMap((system) =>
      system.consumers.map((consumer) => ({
        ...consumer,
        system: system.name,
        aliases: consumerAliases(system, consumer),
      })),
    );
  }
}

function namesOf(named: readonly { readonly name: string }[]): string[] {
  return named.map(({ name }) => name);
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
