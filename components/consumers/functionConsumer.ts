import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import type { Statement } from "../policyDocument.ts";
import { encryptMessages } from "../topic/encryption.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import type { Consumer, UnbufferedConsumerBase } from "./consumerBase.ts";
import {
  type ConsumerFunction,
  createConsumerFunction,
  type HandlerSpec,
  isFunction,
} from "./consumerFunction.ts";
import { consumerName, namedConsumer } from "./names.ts";
import { createFailureQueue, createUndeliveredQueue, type QueueOwner } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

const defaultRetryAttempts = 2;
const sixHours = 21_600;

/**
 * A function that SNS invokes asynchronously. No queue buffers the messages: Lambda invokes the function up
 * to three times.
 */
export interface FunctionConsumerSpec extends UnbufferedConsumerBase {
  kind: "function";
  /** What processes the messages. */
  handler: HandlerSpec;
  /** The region of the function. @default the topic's region */
  region?: pulumi.Input<string>;
  /** Retries after the first failed attempt, one and two minutes later: 0 to 2. @default 2 */
  maximumRetryAttempts?: pulumi.Input<number>;
  /** Age at which Lambda discards an event: 60 to 21,600 seconds. @default 21,600 (6 hours) */
  maximumEventAgeSeconds?: pulumi.Input<number>;
}

/**
 * Topic to function. The subscription's dead-letter queue keeps what SNS could not deliver to Lambda, the
 * failure queue what the function failed on. An existing function keeps its own asynchronous settings and
 * has no failure queue.
 */
export class FunctionConsumer extends pulumi.ComponentResource implements Consumer {
  readonly function: aws.lambda.Function;
  /** What the topic invokes instead of the function; undefined without `handler.alias`. */
  readonly alias: aws.lambda.Alias | undefined;
  readonly failureQueue: aws.sqs.Queue | undefined;
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;

  constructor(
    context: TopicContext,
    spec: FunctionConsumerSpec,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { name, aliases } = namedConsumer(context.name, spec.name);
    super("fanout:index:FunctionConsumer", name, {}, { ...opts, aliases });
    const { place } = context;
    const owner = {
      context,
      consumer: spec.name,
      fifo: false,
      region: spec.region ?? place?.region,
      account: place?.account,
      parent: this,
    };
    this.undeliveredQueue =
      spec.subscriptionDeadLetter === false ? undefined : createUndeliveredQueue(owner);
    const { handler } = spec;
    if (isFunction(handler)) {
      this.function = handler;
      this.alias = undefined;
    } else {
      this.failureQueue = createFailureQueue(owner);
      const worker = createWorker(owner, spec, this.failureQueue);
      this.function = worker.function;
      this.alias = worker.alias;
    }
    this.subscription = createFunctionSubscription(this, context, spec);
    this.registerOutputs({ functionName: this.function.name });
  }
}

function createWorker(
  { context, region, parent }: QueueOwner,
  spec: FunctionConsumerSpec,
  failureQueue: aws.sqs.Queue,
): ConsumerFunction {
  const { name, handler } = spec;
  const keep = failureQueue.arn.apply(sendFailures);
  // A handler that publishes has the permission already.
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
      qualifier: worker.alias?.name,
      maximumRetryAttempts: spec.maximumRetryAttempts ?? defaultRetryAttempts,
      maximumEventAgeInSeconds: spec.maximumEventAgeSeconds ?? sixHours,
      destinationConfig: { onFailure: { destination: failureQueue.arn } },
      region,
    },
    // Lambda validates the role's permission to send to the failure queue.
    { parent, dependsOn: [worker.rolePolicy] },
  );
  return worker;
}

function sendFailures(queueArn: string): Statement {
  return { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: queueArn };
}

function createFunctionSubscription(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "lambda",
    endpoint: (consumer.alias ?? consumer.function).arn,
    undeliveredQueue: consumer.undeliveredQueue,
  } as const;
  return createSubscription(context, spec, target, consumer, [
    createPermission(consumer, context, spec),
  ]);
}

/** Lets only this topic invoke the function. */
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
      qualifier: consumer.alias?.name,
      principal: arns.apply(([topic, own]) => snsPrincipal(arnParts(topic), arnParts(own))),
      sourceArn: context.topic.arn,
      region: spec.region ?? (isFunction(spec.handler) ? undefined : context.place?.region),
    },
    { parent: consumer },
  );
}
