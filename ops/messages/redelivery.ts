import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Message } from "@aws-sdk/client-sqs";
import { functionEvent } from "../../local/console/replay/redelivery.ts";
import { OpsError, UsageError } from "../errors.ts";
import type { Clients } from "../stack/clients.ts";
import type { Queue } from "../stack/queues.ts";
import { sendCopy } from "./sending.ts";

/** How the messages of a queue are delivered again to their consumer. */
export type Redelivery = {
  /** The receiver, for people. */
  readonly to: string;
  readonly deliver: (message: Message) => Promise<void>;
};

/** @throws UsageError for a queue whose messages are not replayed */
export function redeliveryOf(clients: Clients, { name, role, consumer }: Queue): Redelivery {
  if (role === "work")
    throw new UsageError(
      `${name} is a work queue, whose messages its consumer handles; nothing to replay`,
    );
  if (role === "deadLetters") throw new UsageError(`${name} is a dead-letter queue: redrive it`);
  const { queueUrl, functionName, subscriptionArn } = consumer;
  if (role === "undelivered" && queueUrl !== undefined) {
    return {
      to: `the queue of ${consumer.name}`,
      // The dead-letter queue of a subscription holds messages as the queue would have received them.
      deliver: (message) =>
        sendCopy(clients, queueUrl, message, message.Attributes?.MessageDeduplicationId),
    };
  }
  if (functionName !== undefined && subscriptionArn !== undefined) {
    return {
      to: `the function of ${consumer.name}`,
      deliver: (message) => invokeAgain(clients, functionName, message, subscriptionArn),
    };
  }
  throw new UsageError(
    `${consumer.name} is neither a queue nor a function: publish the messages of ${name} again`,
  );
}

async function invokeAgain(
  clients: Clients,
  functionName: string,
  { Body = "" }: Message,
  subscriptionArn: string,
): Promise<void> {
  const event = functionEvent(Body, subscriptionArn);
  if (event === undefined) {
    throw new OpsError("it is neither a notification of SNS nor a record of Lambda");
  }
  await clients
    .lambda(functionName)
    .send(
      new InvokeCommand({ FunctionName: functionName, InvocationType: "Event", Payload: event }),
    );
}
