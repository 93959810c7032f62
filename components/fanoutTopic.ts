import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ConsumerSpec } from "./consumerSpec.ts";
import type { Consumer } from "./consumers/consumer.ts";
import { EndpointConsumer } from "./consumers/endpointConsumer.ts";
import { FirehoseConsumer } from "./consumers/firehoseConsumer.ts";
import { FunctionConsumer } from "./consumers/functionConsumer.ts";
import { QueueConsumer } from "./consumers/queueConsumer.ts";
import type { FanoutTopicArgs, FifoArgs, Publisher } from "./fanoutTopicArgs.ts";
import { policyDocument } from "./policies/document.ts";
import { publishToTopic } from "./policies/functionRolePolicy.ts";
import { type KnownPublisher, topicPolicy } from "./policies/topicPolicy.ts";
import { createNotifications, sourceBuckets } from "./sources.ts";
import type { TopicContext } from "./topicContext.ts";
import { checkFanoutTopic } from "./validation/checkFanoutTopic.ts";

/** SQS's largest message, so that no queue refuses what the topic took. */
const oneMebibyte = 1_048_576;

/**
 * One topic, and for each consumer all that it needs to get every message without touching another
 * consumer: a queue, a dead-letter queue, a policy, a subscription, a function with its own role, and
 * the mapping between queue and function.
 *
 * @example
 * new FanoutTopic("orders", {
 *   fifo: true,
 *   consumers: [
 *     { name: "inventory", handler: "handlers/orders/inventory.ts" },
 *     { name: "audit" }, // a queue that somebody else polls
 *   ],
 * });
 *
 * @throws RunError before the first resource, with every problem of the arguments.
 */
export class FanoutTopic extends pulumi.ComponentResource {
  /** The component's name. */
  readonly name: string;
  readonly topic: aws.sns.Topic;
  readonly topicArn: pulumi.Output<string>;
  /** The topic's one policy: what publishes has to wait for it. */
  readonly topicPolicy: aws.sns.TopicPolicy;
  readonly notifications: aws.s3.BucketNotification[];
  /** By consumer's name. */
  readonly consumers: Record<string, Consumer>;

  constructor(name: string, args: FanoutTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    checkFanoutTopic(name, args);
    super("fanout:index:FanoutTopic", name, {}, opts);
    this.name = name;
    const fifo = fifoArgs(args.fifo);

    this.topic = createTopic(name, args, fifo, this);
    this.topicArn = this.topic.arn;
    this.topicPolicy = createTopicPolicy(name, args, this);
    this.notifications = createNotifications(name, this.topic, args.sources ?? [], {
      parent: this,
      dependsOn: [this.topicPolicy],
    });
    const context: TopicContext = {
      name,
      topic: this.topic,
      fifo,
      maxMessageSize: args.maxMessageSize ?? oneMebibyte,
      tags: args.tags,
      transform: args.transform ?? {},
    };
    this.consumers = Object.fromEntries(
      args.consumers.map((spec) => [spec.name, createConsumer(context, spec, this)]),
    );
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /**
   * Lets a role publish to the topic, and nothing else.
   *
   * @param name of the policy in Pulumi, unique among the grants of this topic
   */
  grantPublish(role: aws.iam.Role, name = `${this.name}-publish`): aws.iam.RolePolicy {
    const policy = this.topic.arn.apply((arn) => policyDocument(publishToTopic(arn)));
    return new aws.iam.RolePolicy(
      name,
      { role: role.id, policy: pulumi.jsonStringify(policy) },
      { parent: role },
    );
  }
}

type FifoSettings = Required<Omit<FifoArgs, "archiveDays">> & Pick<FifoArgs, "archiveDays">;

function fifoArgs(fifo: FanoutTopicArgs["fifo"]): FifoSettings | undefined {
  if (!fifo) return undefined;
  const given = fifo === true ? {} : fifo;
  return {
    contentBasedDeduplication: given.contentBasedDeduplication ?? true,
    highThroughput: given.highThroughput ?? false,
    archiveDays: given.archiveDays,
  };
}

function createTopic(
  name: string,
  args: FanoutTopicArgs,
  fifo: FifoSettings | undefined,
  parent: FanoutTopic,
): aws.sns.Topic {
  const topic: aws.sns.TopicArgs = {
    ...(fifo ? fifoTopicArgs(fifo) : { signatureVersion: 2 }),
    tags: args.tags,
  };
  return new aws.sns.Topic(name, args.transform?.topic?.(topic) ?? topic, { parent });
}

function fifoTopicArgs(fifo: FifoSettings): aws.sns.TopicArgs {
  return {
    fifoTopic: true,
    contentBasedDeduplication: fifo.contentBasedDeduplication,
    fifoThroughputScope: fifo.highThroughput ? "MessageGroup" : undefined,
    archivePolicy:
      fifo.archiveDays === undefined
        ? undefined
        : JSON.stringify({ MessageRetentionPeriod: String(fifo.archiveDays) }),
  };
}

function createTopicPolicy(
  name: string,
  args: FanoutTopicArgs,
  parent: FanoutTopic,
): aws.sns.TopicPolicy {
  const buckets = sourceBuckets(args.sources ?? []).map((source) => ({
    name: source.name,
    arn: source.bucket.arn,
  }));
  const policy = pulumi
    .all([parent.topic.arn, pulumi.output(buckets), pulumi.all((args.publishers ?? []).map(known))])
    .apply(([arn, sources, publishers]) => topicPolicy(arn, sources, publishers));
  return new aws.sns.TopicPolicy(
    name,
    { arn: parent.topic.arn, policy: pulumi.jsonStringify(policy) },
    { parent },
  );
}

function known({ service, account, principalArn, sourceArn }: Publisher) {
  return pulumi.all([principalArn, sourceArn]).apply(([principal, source]): KnownPublisher => {
    if (service !== undefined) return { kind: "service", service, sourceArn: source };
    if (account !== undefined) return { kind: "account", account, sourceArn: source };
    return { kind: "principal", principalArn: principal ?? "" };
  });
}

function createConsumer(context: TopicContext, spec: ConsumerSpec, parent: FanoutTopic): Consumer {
  switch (spec.kind) {
    case "function":
      return new FunctionConsumer(context, spec, { parent });
    case "email":
    case "sms":
    case "https":
      return new EndpointConsumer(context, spec, { parent });
    case "firehose":
      return new FirehoseConsumer(context, spec, { parent });
    case undefined:
    case "queue":
      return new QueueConsumer(context, spec, { parent });
  }
}
