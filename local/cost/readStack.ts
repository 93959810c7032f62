import * as v from "valibot";
import { arnParts } from "../../aws/arn.ts";
import type { ResourceState } from "../engine/state/resourceState.ts";
import type {
  ConsumerShape,
  FunctionShape,
  MappingShape,
  StackShape,
  TopicShape,
} from "./stackShape.ts";

const text = v.optional(v.string(), "");
const number = v.optional(v.number());
const flag = v.optional(v.boolean(), false);

const topicOutputs = v.object({ arn: v.string(), fifoTopic: flag });

const subscriptionInputs = v.object({
  topic: v.string(),
  protocol: v.string(),
  endpoint: text,
  rawMessageDelivery: flag,
  filterPolicy: v.optional(v.unknown()),
  filterPolicyScope: text,
});

const mappingInputs = v.object({
  eventSourceArn: text,
  functionName: v.string(),
  batchSize: number,
  maximumBatchingWindowInSeconds: number,
  scalingConfig: v.optional(v.object({ maximumConcurrency: number })),
  provisionedPollerConfig: v.optional(v.object({ minimumPollers: number })),
});

const functionOutputs = v.object({
  arn: v.string(),
  name: v.string(),
  memorySize: v.optional(v.number(), 128),
  architectures: v.optional(v.array(v.string()), ["x86_64"]),
  loggingConfig: v.optional(v.object({ logGroup: text })),
});

const logGroupOutputs = v.object({ name: v.string(), retentionInDays: number });

/** The part of a stack that decides its costs, from the resources that its program has registered. */
export function readStack(resources: readonly ResourceState[]): StackShape {
  const stack = new Stack(resources);
  return {
    topics: stack.topics(),
    alarms: stack.count("aws:cloudwatch/metricAlarm:MetricAlarm"),
    keys: stack.count("aws:kms/key:Key"),
  };
}

class Stack {
  readonly #resources: readonly ResourceState[];

  constructor(resources: readonly ResourceState[]) {
    this.#resources = resources.filter(({ custom, external }) => custom && !external);
  }

  count(type: string): number {
    return this.#ofType(type).length;
  }

  topics(): TopicShape[] {
    const subscriptions = this.#ofType("aws:sns/topicSubscription:TopicSubscription").map(
      ({ name, inputs }) => ({ name, ...v.parse(subscriptionInputs, inputs) }),
    );
    return this.#ofType("aws:sns/topic:Topic").map(({ name, outputs }) => {
      const { arn, fifoTopic } = v.parse(topicOutputs, outputs);
      const own = subscriptions.filter(({ topic }) => topic === arn);
      return { name, fifo: fifoTopic, consumers: own.map((each) => this.#consumer(each)) };
    });
  }

  #consumer(
    subscription: v.InferOutput<typeof subscriptionInputs> & { readonly name: string },
  ): ConsumerShape {
    const { name, protocol, endpoint, rawMessageDelivery, filterPolicy } = subscription;
    const scope = subscription.filterPolicyScope === "MessageBody" ? "body" : "attributes";
    const common = {
      name,
      protocol,
      raw: rawMessageDelivery,
      filter: filterPolicy === undefined ? "none" : scope,
    } as const;
    if (protocol === "lambda") return { ...common, handler: this.#function(endpoint) };
    if (protocol !== "sqs") return common;
    const fifo = endpoint.endsWith(".fifo");
    const found = this.#mapping(endpoint);
    if (found === undefined) return { ...common, queue: { fifo } };
    return {
      ...common,
      queue: { fifo, mapping: found.mapping },
      handler: this.#function(found.functionName),
    };
  }

  #mapping(queueArn: string): { mapping: MappingShape; functionName: string } | undefined {
    const found = this.#ofType("aws:lambda/eventSourceMapping:EventSourceMapping")
      .map(({ inputs }) => v.parse(mappingInputs, inputs))
      .find(({ eventSourceArn }) => eventSourceArn === queueArn);
    if (found === undefined) return undefined;
    const mapping = {
      batchSize: found.batchSize ?? 10,
      windowSeconds: found.maximumBatchingWindowInSeconds ?? 0,
      maximumConcurrency: found.scalingConfig?.maximumConcurrency,
      minimumPollers: found.provisionedPollerConfig?.minimumPollers,
    };
    return { mapping, functionName: found.functionName };
  }

  /** @param reference a name or an ARN */
  #function(reference: string): FunctionShape | undefined {
    const wanted = reference.startsWith("arn:")
      ? arnParts(reference).resource.split(":")[1]
      : reference;
    const found = this.#ofType("aws:lambda/function:Function")
      .map(({ outputs }) => v.parse(functionOutputs, outputs))
      .find(({ name }) => name === wanted);
    if (found === undefined) return undefined;
    const { name, memorySize, architectures, loggingConfig } = found;
    return {
      memoryMb: memorySize,
      architecture: architectures.includes("arm64") ? "arm64" : "x86_64",
      retentionDays: this.#retention(loggingConfig?.logGroup || `/aws/lambda/${name}`),
    };
  }

  #retention(logGroup: string): number | undefined {
    const found = this.#ofType("aws:cloudwatch/logGroup:LogGroup")
      .map(({ outputs }) => v.parse(logGroupOutputs, outputs))
      .find(({ name }) => name === logGroup);
    return found?.retentionInDays || undefined;
  }

  #ofType(type: string): ResourceState[] {
    return this.#resources.filter((resource) => resource.type === type);
  }
}
