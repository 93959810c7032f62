import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FunctionConsumerSpec } from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import { keepFailures } from "../policies/functionRolePolicy.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import { type ConsumerFunction, createConsumerFunction } from "./consumerFunction.ts";
import { createFailureQueue, createUndeliveredQueue } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

const defaultRetryAttempts = 2;
const sixHours = 21_600;

/**
 * Topic straight to function. Two places keep what goes wrong: the subscription's dead-letter queue what
 * SNS could not hand to Lambda, the failure queue what the function failed on.
 */
export class FunctionConsumer extends pulumi.ComponentResource implements Consumer {
  readonly function: aws.lambda.Function;
  readonly failureQueue: aws.sqs.Queue;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;

  constructor(
    context: TopicContext,
    spec: FunctionConsumerSpec,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("fanout:index:FunctionConsumer", consumerName(context.name, spec.name), {}, opts);
    const owner = {
      context,
      consumer: spec.name,
      fifo: false,
      region: spec.region,
      parent: this,
    };
    this.undeliveredQueue =
      spec.subscriptionDeadLetter === false ? undefined : createUndeliveredQueue(owner);
    this.failureQueue = createFailureQueue(owner);
    const worker = createConsumerFunction(
      context,
      spec.name,
      spec.handler,
      this.failureQueue.arn.apply(keepFailures),
      { region: spec.region, parent: this },
    );
    this.function = worker.function;
    createInvokeConfig(this, context, spec, worker);
    const permission = createPermission(this, context, spec);
    this.subscription = createFunctionSubscription(this, context, spec, permission);
    this.registerOutputs({ functionName: this.function.name });
  }
}

/** Waits for the role's policy: Lambda tries the role's right to send to the failure queue. */
function createInvokeConfig(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
  worker: ConsumerFunction,
): aws.lambda.FunctionEventInvokeConfig {
  return new aws.lambda.FunctionEventInvokeConfig(
    consumerName(context.name, spec.name),
    {
      functionName: consumer.function.id,
      maximumRetryAttempts: spec.maximumRetryAttempts ?? defaultRetryAttempts,
      maximumEventAgeInSeconds: spec.maximumEventAgeSeconds ?? sixHours,
      destinationConfig: { onFailure: { destination: consumer.failureQueue.arn } },
      region: spec.region,
    },
    { parent: consumer, dependsOn: [worker.rolePolicy] },
  );
}

/** Lets this topic invoke the function, and no other. */
function createPermission(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
): aws.lambda.Permission {
  return new aws.lambda.Permission(
    consumerName(context.name, spec.name),
    {
      action: "lambda:InvokeFunction",
      function: consumer.function.id,
      principal: "sns.amazonaws.com",
      sourceArn: context.topic.arn,
      region: spec.region,
    },
    { parent: consumer },
  );
}

function createFunctionSubscription(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
  permission: aws.lambda.Permission,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "lambda",
    endpoint: consumer.function.arn,
    undeliveredQueue: consumer.undeliveredQueue,
  } as const;
  return createSubscription(context, spec, target, { parent: consumer, dependsOn: [permission] });
}
