import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { arnParts } from "../../aws/arn.ts";
import { UsageError } from "../errors.ts";
import type { Clients } from "./clients.ts";
import { findNamed, logicalName, unknownName } from "./names.ts";
import type { Consumer, Stack } from "./stack.ts";
import { describeSubscription } from "./subscription.ts";

/** The suffix of the name of the consumer, by what the queue is for. */
const suffixes = {
  work: "",
  deadLetters: "/dlq",
  undelivered: "/undelivered",
  failures: "/failures",
} as const;

type QueueRole = keyof typeof suffixes;

/** A queue of a consumer. */
export type Queue = {
  /** As in commands: `orders/billing/dlq`. */
  readonly name: string;
  readonly role: QueueRole;
  readonly url: string;
  readonly consumer: Consumer;
};

/**
 * Finds a queue by its name, or by the name or URL of a consumer's queue or dead-letter queue on AWS.
 *
 * @throws UsageError that suggests the nearest queues
 */
export async function findQueue(stack: Stack, name: string): Promise<Queue> {
  const byAwsName = queueOnAws(stack, name);
  const { consumer, suffix } =
    byAwsName === undefined
      ? { consumer: stack.consumer(consumerPart(name)), suffix: suffixPart(name) }
      : byAwsName;
  const queues = await queuesOf(stack.clients, consumer);
  const found = queues.find((queue) => queue.name === consumer.name + suffix);
  if (found !== undefined) return found;
  const names = queues.map((queue) => queue.name);
  if (suffix !== "") throw unknownName("queue", name, names);
  throw new UsageError(`${name} has no queue of its own; it has ${names.join(", ") || "none"}`);
}

/** The consumer in the name of its queue: `orders/billing` of `orders/billing/dlq`. */
function consumerPart(name: string): string {
  return name.includes(":") ? name : name.split("/").slice(0, 2).join("/");
}

function suffixPart(name: string): string {
  const rest = name.includes(":") ? [] : name.split("/").slice(2);
  return rest.length === 0 ? "" : `/${rest.join("/")}`;
}

/** A dead-letter queue by its name on AWS, or as the program calls it. */
function queueOnAws({ systems }: Stack, name: string) {
  const consumers = systems.flatMap((system) => system.consumers);
  const known = consumers.flatMap((consumer) => {
    const { queueUrl, deadLetterQueueUrl: url } = consumer;
    if (url === undefined || queueUrl === undefined) return [];
    const queue = url.split("/").at(-1) ?? "";
    const aliases = [url, queue, queue.replace(/\.fifo$/, ""), logicalName(queue)];
    return [{ name: `${consumer.name}/dlq`, aliases, consumer, suffix: "/dlq" }];
  });
  return findNamed(known, name);
}

/** All queues of a consumer. Those that the outputs do not name are looked up in AWS. */
export async function queuesOf(clients: Clients, consumer: Consumer): Promise<Queue[]> {
  const [undelivered, failures] = await Promise.all([
    undeliveredUrl(clients, consumer),
    failuresUrl(clients, consumer),
  ]);
  const urls: Record<QueueRole, string | undefined> = {
    work: consumer.queueUrl,
    // For a directly invoked function this output names the queue of failures, which SQS cannot redrive.
    deadLetters: consumer.queueUrl && consumer.deadLetterQueueUrl,
    undelivered,
    failures,
  };
  const roles = ["work", "deadLetters", "undelivered", "failures"] as const;
  return roles.flatMap((role) => {
    const url = urls[role];
    return url === undefined ? [] : [{ name: consumer.name + suffixes[role], role, url, consumer }];
  });
}

async function undeliveredUrl(clients: Clients, { subscriptionArn }: Consumer) {
  if (subscriptionArn === undefined) return undefined;
  const subscription = await describeSubscription(clients, subscriptionArn);
  return queueUrl(clients, subscription?.undeliveredArn);
}

/** Only a function that SNS invokes directly has one. */
async function failuresUrl(clients: Clients, { functionName, queueUrl: own }: Consumer) {
  if (functionName === undefined || own !== undefined) return undefined;
  const arn =
    (await failureDestination(clients, functionName)) ??
    (await deadLetterTarget(clients, functionName));
  return queueUrl(clients, arn);
}

async function failureDestination(clients: Clients, functionName: string) {
  try {
    const { DestinationConfig } = await clients
      .lambda(functionName)
      .send(new GetFunctionEventInvokeConfigCommand({ FunctionName: functionName }));
    return DestinationConfig?.OnFailure?.Destination;
  } catch (error) {
    // The function has no such settings.
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function deadLetterTarget(clients: Clients, functionName: string) {
  const { DeadLetterConfig } = await clients
    .lambda(functionName)
    .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return DeadLetterConfig?.TargetArn;
}

async function queueUrl(clients: Clients, arn: string | undefined): Promise<string | undefined> {
  const { service, account, region, resource: name } = arnParts(arn ?? "");
  if (service !== "sqs") return undefined;
  const command = new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account });
  const { QueueUrl } = await clients.sqs(`https://sqs.${region}.amazonaws.com/`).send(command);
  return QueueUrl;
}

/** Attributes of a queue. On AWS the counts are approximate. */
export type QueueFacts = {
  readonly arn: string;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Receives after which a message moves to the dead-letter queue, if there is one. */
  readonly maxReceiveCount?: number | undefined;
};

export async function describeQueue(clients: Clients, url: string): Promise<QueueFacts> {
  const { Attributes = {} } = await clients
    .sqs(url)
    .send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }));
  const { QueueArn = "", RedrivePolicy } = Attributes;
  return {
    arn: QueueArn,
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
    maxReceiveCount: RedrivePolicy && JSON.parse(RedrivePolicy).maxReceiveCount,
  };
}
