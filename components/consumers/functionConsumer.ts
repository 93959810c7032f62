import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { asynchronousLimits } from "../../aws/limits.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import type { Statement } from "../policyDocument.ts";
import { encryptMessages } from "../topic/encryption.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import type { Consumer, UnbufferedConsumerBase } from "./consumerBase.ts";
import {
  type ConsumerFunction,
  createConsumerFunction,
  type HandlerSpec,
  type OwnHandler,
  type ResolvedHandler,
  resolveHandler,
} from "./consumerFunction.ts";
import { isExistingFunction } from "./existingFunction.ts";
import { consumerName, namedConsumer } from "./names.ts";
import { createFailureQueue, createUndeliveredQueue, type QueueOwner } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

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
    const handler = resolveHandler(name, spec.handler, this);
    const worker = workerOf(owner, spec, handler);
    this.failureQueue = worker.failureQueue;
    this.function = worker.function;
    this.alias = worker.alias;
    this.subscription = createFunctionSubscription(this, context, spec, worker);
    this.registerOutputs({ functionName: this.function.name });
  }
}

/** What SNS invokes. */
type Worker = Omit<ConsumerFunction, "rolePolicy"> & {
  /** Undefined for an existing function. */
  readonly failureQueue?: aws.sqs.Queue;
};

function workerOf(owner: QueueOwner, spec: FunctionConsumerSpec, handler: ResolvedHandler): Worker {
  if (handler.kind === "existing") return handler;
  const failureQueue = createFailureQueue(owner);
  return { ...createWorker(owner, spec, handler, failureQueue), failureQueue };
}

function createWorker(
  { context, region, parent }: QueueOwner,
  spec: FunctionConsumerSpec,
  handler: OwnHandler,
  failureQueue: aws.sqs.Queue,
): ConsumerFunction {
  const { name } = spec;
  const keep = failureQueue.arn.apply(sendFailures);
  // A handler that publishes has the permission already.
  const encrypt =
    context.key && !handler.args.publishes ? [context.key.arn.apply(encryptMessages)] : [];
  const worker = createConsumerFunction(context, name, handler, [keep, ...encrypt], {
    region,
    parent,
  });
  new aws.lambda.FunctionEventInvokeConfig(
    consumerName(context.name, name),
    {
      functionName: worker.function.id,
      qualifier: worker.alias?.name,
      maximumRetryAttempts: spec.maximumRetryAttempts ?? asynchronousLimits.retryAttempts.default,
      maximumEventAgeInSeconds:
        spec.maximumEventAgeSeconds ?? asynchronousLimits.eventAgeSeconds.default,
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
  worker: Worker,
): aws.sns.TopicSubscription {
  const target = {
    protocol: "lambda",
    endpoint: worker.invokedArn,
    undeliveredQueue: consumer.undeliveredQueue,
  } as const;
  return createSubscription(context, spec, target, consumer, [
    createPermission(consumer, context, spec, worker),
  ]);
}

/** Lets only this topic invoke the function. */
function createPermission(
  consumer: FunctionConsumer,
  context: TopicContext,
  spec: FunctionConsumerSpec,
  worker: Worker,
): aws.lambda.Permission {
  const arns = pulumi.all([context.topic.arn, worker.function.arn]);
  return new aws.lambda.Permission(
    consumerName(context.name, spec.name),
    {
      action: "lambda:InvokeFunction",
      function: worker.function.id,
      qualifier: worker.qualifier,
      principal: arns.apply(([topic, own]) => snsPrincipal(arnParts(topic), arnParts(own))),
      sourceArn: context.topic.arn,
      region: spec.region ?? (isExistingFunction(spec.handler) ? undefined : context.place?.region),
    },
    { parent: consumer },
  );
}
