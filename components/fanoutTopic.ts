import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Consumer } from "./consumers/consumer.ts";
import { publishing } from "./consumers/consumerFunction.ts";
import { createConsumer } from "./consumers/createConsumer.ts";
import { QueueConsumer } from "./consumers/queueConsumer.ts";
import type { FanoutTopicArgs } from "./fanoutTopicArgs.ts";
import { withoutPromiseTraces } from "./promiseTraces.ts";
import { createNotifications } from "./sources.ts";
import { createAccess } from "./topic/access.ts";
import { createTopic } from "./topic/createTopic.ts";
import { createKey } from "./topic/encryption.ts";
import { fifoSettings } from "./topic/fifoSettings.ts";
import { consuming, createGrant } from "./topic/grants.ts";
import { announce, type StatementToAdd } from "./topic/statementsToAdd.ts";
import { type TopicContext, withTracedErrors } from "./topicContext.ts";
import { checkFanoutTopic } from "./validation/checkFanoutTopic.ts";
import { watch } from "./watching/watch.ts";

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
  /** The topic's one policy, for what has to wait for it; undefined when the topic is not ours. */
  readonly topicPolicy: aws.sns.TopicPolicy | undefined;
  /** The key that messages are encrypted with, if any. */
  readonly key: aws.kms.Key | undefined;
  readonly notifications: aws.s3.BucketNotification[];
  /** By consumer's name. */
  readonly consumers: Record<string, Consumer>;
  /** What has to stand in the policies of topics, queues and keys that are not ours. */
  readonly statementsToAdd: pulumi.Output<StatementToAdd[]>;

  constructor(name: string, args: FanoutTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    checkFanoutTopic(name, args);
    super("fanout:index:FanoutTopic", name, {}, opts);
    this.name = name;
    const fifo = fifoSettings(args.fifo);

    const encryption = createKey(name, args, this);
    this.key = encryption?.key;
    this.topic = createTopic(name, args, fifo, this.key, this);
    this.topicArn = this.topic.arn;
    const access = createAccess(name, args, this.topic, encryption, this);
    this.topicPolicy = access.topicPolicy;
    this.notifications = createNotifications(name, this.topic, args.sources ?? [], {
      parent: this,
      dependsOn: [...access.policies],
    });
    const context: TopicContext = {
      name,
      topic: this.topic,
      fifo,
      key: this.key,
      policies: access.policies,
      tracing: args.tracing ?? false,
      maxMessageSize: args.maxMessageSize ?? oneMebibyte,
      tags: args.tags,
      transform: withTracedErrors(args.transform ?? {}),
    };
    this.consumers = withoutPromiseTraces(this, () =>
      Object.fromEntries(
        args.consumers.map((spec) => [spec.name, createConsumer(context, spec, this)]),
      ),
    );
    this.statementsToAdd = pulumi
      .all([access, ...Object.values(this.consumers)].flatMap((part) => part.statementsToAdd ?? []))
      .apply((lists) => lists.flat());
    withoutPromiseTraces(this, () => watch(this, args, this));
    announce(`FanoutTopic "${name}"`, this.statementsToAdd);
    this.registerOutputs({ topicArn: this.topicArn });
  }

  /**
   * Lets a role publish to the topic, with what the key needs, and nothing else.
   *
   * @param name of the policy in Pulumi, unique among the grants of this topic
   */
  grantPublish(role: aws.iam.Role, name = `${this.name}-publish`): aws.iam.RolePolicy {
    return createGrant(name, role, publishing(this));
  }

  /**
   * Lets a role work off a consumer's queue, with what the key needs, and nothing else.
   *
   * @param name of the policy in Pulumi, unique among the grants of this topic
   * @throws RunError when there is no such consumer, or when it has no queue
   */
  grantConsume(
    consumer: string,
    role: aws.iam.Role,
    name = `${this.name}-${consumer}-consume`,
  ): aws.iam.RolePolicy {
    const found = this.consumers[consumer];
    if (found instanceof QueueConsumer) {
      return createGrant(name, role, consuming(found.queueArn, this.key));
    }
    const reason = found === undefined ? "there is no such consumer" : "it has no queue";
    throw new pulumi.RunError(`FanoutTopic "${this.name}": consumer "${consumer}": ${reason}`);
  }
}
