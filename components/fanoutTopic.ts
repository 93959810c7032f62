import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { queueLimits } from "../aws/limits.ts";
import { createConsumer } from "./consumers/consumer.ts";
import type { Consumer } from "./consumers/consumerBase.ts";
import { consumerName, type QueueNaming, uniqueSuffix } from "./consumers/names.ts";
import { QueueConsumer } from "./consumers/queueConsumer.ts";
import type { FanoutTopicArgs } from "./fanoutTopicArgs.ts";
import { createMonitoring } from "./monitoring/monitoring.ts";
import { withoutPromiseTraces } from "./promiseTraces.ts";
import { createRules, createTargets } from "./sources/eventRules.ts";
import { notifyTopic } from "./sources/notifyTopic.ts";
import { createSchedules } from "./sources/schedules.ts";
import { createAccess } from "./topic/access.ts";
import { createTopic } from "./topic/createTopic.ts";
import { createKey } from "./topic/encryption.ts";
import { fifoSettings } from "./topic/fifo.ts";
import { createGrant, namedGrant, polling, publishing } from "./topic/grants.ts";
import { logStatementsToAdd, type StatementToAdd } from "./topic/statementsToAdd.ts";
import { checkedTransforms, type TopicContext } from "./topic/topicContext.ts";
import { topicInputs } from "./topic/topicInputs.ts";
import {
  consumersPlace,
  regionOfArn,
  type TopicReference,
  topicReference,
} from "./topic/topicReference.ts";
import { checkFanoutTopic } from "./validation/checkFanoutTopic.ts";

/** The largest message of SQS, so that no queue rejects a message that the topic accepted. */
const largestMessage = queueLimits.messageBytes.max;

/**
 * A topic and its consumers. Each consumer has its own subscription, queue, dead-letter queue, function
 * and role, so that one consumer's failure never costs another a message.
 *
 * Defaults: a standard topic; a queue for each consumer, encrypted (SSE-SQS), TLS only, with a dead-letter
 * queue after 5 receives; raw delivery; batches of 10 with partial failures.
 *
 * @example
 * new FanoutTopic("orders", {
 *   fifo: true,
 *   consumers: [
 *     { name: "inventory", handler: "handlers/orders/inventory.ts" },
 *     { name: "audit" }, // a queue without a handler
 *   ],
 * });
 *
 * @throws RunError if the arguments are invalid, before any resource is created; it lists every problem.
 * An Output is checked when its value is known.
 */
export class FanoutTopic extends pulumi.ComponentResource {
  /** The component's name. */
  readonly name: string;
  readonly topicArn: pulumi.Output<string>;
  /** The topic's policy, for resources that depend on it; undefined for an existing topic. */
  readonly topicPolicy: aws.sns.TopicPolicy | undefined;
  /** The key that encrypts the messages; undefined without encryption by KMS. */
  readonly key: aws.kms.Key | undefined;
  /** Of the buckets that are sources: a bucket's topics share its notification. */
  readonly notifications: aws.s3.BucketNotification[];
  /** By name of an EventBridge source or schedule: messages that the topic did not accept. */
  readonly unpublishedQueues: Record<string, aws.sqs.Queue>;
  /** By consumer's name. */
  readonly consumers: Record<string, Consumer>;
  /** Statements that the owners of existing topics, queues and keys have to add to their policies. */
  readonly statementsToAdd: pulumi.Output<StatementToAdd[]>;
  #topic: aws.sns.Topic | TopicReference;

  constructor(name: string, given: FanoutTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    checkFanoutTopic(name, given);
    super("fanout:index:FanoutTopic", name, topicInputs(given), opts);
    this.name = name;
    const transform = checkedTransforms(name, given.transform ?? {});
    const args = { ...given, transform };
    const fifo = fifoSettings(args.fifo);

    const encryption = createKey(name, args, this);
    this.key = encryption?.key;
    const { existingTopicArn } = args;
    const topic =
      existingTopicArn === undefined
        ? createTopic(name, args, fifo, this.key, this)
        : topicReference(existingTopicArn);
    this.#topic = topic;
    this.topicArn = topic.arn;
    const isNew = existingTopicArn === undefined;
    const place = isNew ? undefined : consumersPlace(existingTopicArn, { parent: this });
    const naming: QueueNaming = { name, topic, suffix: isNew ? undefined : uniqueSuffix(this) };
    const sources = args.sources ?? [];
    const owner = { naming, place, tags: args.tags, parent: this };
    const rules = createRules(owner, sources);
    const access = createAccess(args, naming, encryption, { place, rules, parent: this });
    this.topicPolicy = access.topicPolicy;
    createTargets(owner, rules, access.policies);
    const schedules = createSchedules(
      { ...owner, key: this.key, fifo: fifo !== undefined },
      sources,
    );
    this.unpublishedQueues = queuesByName([...rules, ...schedules]);
    const notified = { name, topic, component: this, policies: access.policies };
    this.notifications = notifyTopic(notified, sources, transform);
    const context: TopicContext = {
      ...naming,
      place,
      fifo,
      key: this.key,
      policies: access.policies,
      tracing: args.tracing ?? false,
      maxMessageSize: args.maxMessageSize ?? largestMessage,
      tags: args.tags,
      transform,
    };
    this.consumers = withoutPromiseTraces(this, () =>
      Object.fromEntries(
        args.consumers.map((spec) => [spec.name, createConsumer(context, spec, this)]),
      ),
    );
    this.statementsToAdd = pulumi
      .all([access, ...Object.values(this.consumers)].flatMap((part) => part.statementsToAdd ?? []))
      .apply((lists) => lists.flat());
    const monitored = {
      name,
      topic,
      region: place?.region,
      consumers: this.consumers,
      unpublishedQueues: this.unpublishedQueues,
    };
    withoutPromiseTraces(this, () => createMonitoring(monitored, args, this));
    logStatementsToAdd(`FanoutTopic "${name}"`, this.statementsToAdd);
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /**
   * The topic. An existing one is looked up when this is first read, for which its policy has to allow
   * `sns:GetTopicAttributes` and `sns:ListTagsForResource`; for its ARN use `topicArn`.
   */
  get topic(): aws.sns.Topic {
    const topic = aws.sns.Topic.isInstance(this.#topic) ? this.#topic : lookedUp(this);
    this.#topic = topic;
    return topic;
  }

  /**
   * Lets a role publish to the topic, including the use of its key.
   *
   * @param name of the policy in Pulumi, unique among the grants of the role @default made of the names
   */
  grantPublish(role: aws.iam.Role, name?: string): aws.iam.RolePolicy {
    const named = namedGrant(this.name, role, "publish", name);
    const statements = publishing({ topic: this.#topic, key: this.key });
    return createGrant(named, role, this.topicArn, statements);
  }

  /**
   * Lets a role poll a consumer's queue: look up its URL, receive and delete messages, change the time in which
   * they are invisible, use the key.
   *
   * @param name of the policy in Pulumi, unique among the grants of the role @default made of the names
   * @throws RunError if there is no such consumer, or if it has no queue
   */
  grantConsume(consumer: string, role: aws.iam.Role, name?: string): aws.iam.RolePolicy {
    const found = this.consumers[consumer];
    if (found instanceof QueueConsumer) {
      const named = namedGrant(consumerName(this.name, consumer), role, "consume", name);
      const { queueArn } = found;
      return createGrant(named, role, queueArn, polling(queueArn, this.key));
    }
    const reason = found === undefined ? "there is no such consumer" : "it has no queue";
    throw new pulumi.RunError(`FanoutTopic "${this.name}": consumer "${consumer}": ${reason}`);
  }
}

function queuesByName(
  sources: readonly { readonly name: string; readonly unpublishedQueue: aws.sqs.Queue }[],
): Record<string, aws.sqs.Queue> {
  return Object.fromEntries(sources.map(({ name, unpublishedQueue }) => [name, unpublishedQueue]));
}

function lookedUp(parent: FanoutTopic): aws.sns.Topic {
  const region = regionOfArn(parent.topicArn);
  return aws.sns.Topic.get(parent.name, parent.topicArn, { region }, { parent });
}
