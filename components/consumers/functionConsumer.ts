import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import type { FunctionConsumerSpec } from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import { keepFailures } from "../policies/functionRolePolicy.ts";
import { encryptMessages } from "../policies/keyPolicy.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import { createConsumerFunction, isFunction } from "./consumerFunction.ts";
import { createFailureQueue, createUndeliveredQueue, type QueueOwner } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

const defaultRetryAttempts = 2;
const sixHours = 21_600;

/**
 * Topic straight to function. Two places keep what goes wrong: the subscription's dead-letter queue what
 * SNS could not hand to Lambda, the failure queue what the function failed on. A function that exists
 * already keeps the asynchronous settings that its owner gave it.
 */
export class FunctionConsumer extends pulumi.ComponentResource implements Consumer {
  readonly function: aws.lambda.Function;
  readonly failureQueue: aws.sqs.Queue | undefined;
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
      account: undefined,
      parent: this,
    };
    this.undeliveredQueue =
      spec.subscriptionDeadLetter === false ? undefined : createUndeliveredQueue(owner);
    const { handler } = spec;
    if (isFunction(handler)) {
      this.function = handler;
    } else {
      this.failureQueue = createFailureQueue(owner);
      this.function = createWorker(owner, spec, this.failureQueue);
    }
    this.subscription = createFunctionSubscription(this, context, spec);
    this.registerOutputs({ functionName: this.function.name });
  }
}

function createWorker(
  { context, region, parent }: QueueOwner,
  spec: FunctionConsumerSpec,
  failureQueue: aws.sqs.Queue,
): aws.lambda.Function {
  const { name, handler } = spec;
  const keep = failureQueue.arn.apply(keepFailures);
  // A handler that publishes may use the key already.
  const publishes = typeof handler === "object" && "publishes" in handler && handler.publishes;
  const encrypt = context.key && !publishes ? [context.key.arn.apply(encryptMessages)] : [];
  const worker = createConsumerFunction(context, name, handler, [keep, ...encrypt], {
    region,
    parent,
  });
  new aws.lambda.FunctionEventInvokeConfig(
    consumerName(context.name, name),
    {
      functionName: worker.function.id,
      maximumRetryAttempts: spec.maximumRetryAttempts ?? defaultRetryAttempts,
      maximumEventAgeInSeconds: spec.maximumEventAgeSeconds ?? sixHours,
      destinationConfig: { onFailure: { destination: failureQueue.arn } },
      region,
    },
    // Lambda tries the role's right to send to the failure queue.
    { parent, dependsOn: [worker.rolePolicy] },
  );
  return worker.function;
}

function createFunctionSubscription(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "lambda",
    endpoint: consumer.function.arn,
    undeliveredQueue: consumer.undeliveredQueue,
  } as const;
  return createSubscription(context, spec, target, consumer, [
    createPermission(consumer, context, spec),
  ]);
}

/** Lets this topic invoke the function, and no other. */
function createPermission(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
): aws.lambda.Permission {
  const arns = pulumi.all([context.topic.arn, consumer.function.arn]);
  return new aws.lambda.Permission(
    consumerName(context.name, spec.name),
    {
      action: "lambda:InvokeFunction",
      function: consumer.function.id,
      principal: arns.apply(([topic, own]) => snsPrincipal(arnParts(topic), arnParts(own))),
      sourceArn: context.topic.arn,
      region: spec.region,
    },
    { parent: consumer },
  );
}
