import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { parseArn } from "../../aws/arn.ts";
import { OpsError, UsageError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import type { Clients } from "./clients.ts";
import { describeQueue } from "./queues.ts";
import type { Consumer } from "./stack.ts";

/** The event source mapping by which Lambda polls a consumer's queue. */
export type Mapping = {
  readonly uuid: string;
  readonly functionName: string;
  readonly queueUrl: string;
  /** `Enabled`, `Disabled`, or on its way: `Enabling`, `Disabling`, `Updating`, `Creating`. */
  readonly state: string;
};

/** @throws UsageError for a consumer whose queue is not polled by Lambda */
export async function findMapping(clients: Clients, consumer: Consumer): Promise<Mapping> {
  const { name, functionName, queueUrl } = consumer;
  if (functionName === undefined) {
    throw new UsageError(`${name} has no function: pause the application that polls its queue`);
  }
  if (queueUrl === undefined) {
    throw new UsageError(`${name} has no queue: SNS invokes its function, which cannot be paused`);
  }
  const { arn } = await describeQueue(clients, queueUrl);
  const pages = paginateListEventSourceMappings(
    { client: clients.lambda(functionName) },
    { EventSourceArn: arn },
  );
  for await (const { EventSourceMappings = [] } of pages) {
    const mapping = EventSourceMappings.find(({ FunctionArn }) => isOf(FunctionArn, functionName));
    if (mapping !== undefined) return { ...describe(mapping), functionName, queueUrl };
  }
  throw new OpsError(`no event source mapping connects the queue of ${name} with ${functionName}`);
}

/** Whether it is an ARN of the function, or of an alias of it: Lambda's search for one does not find the other. */
function isOf(functionArn: string | undefined, functionName: string): boolean {
  return functionArn !== undefined && nameOf(functionArn) === nameOf(functionName);
}

function nameOf(functionNameOrArn: string): string {
  const { resource } = parseArn(functionNameOrArn) ?? { resource: `function:${functionNameOrArn}` };
  return resource.split(":")[1] ?? "";
}

function describe({ UUID: uuid = "", State: state = "" }: EventSourceMappingConfiguration) {
  return { uuid, state };
}

/** Enables or disables a mapping, and waits until Lambda has done so. */
export async function setEnabled(
  clients: Clients,
  { uuid, functionName }: Mapping,
  enabled: boolean,
  terminal: Terminal,
): Promise<void> {
  const lambda = clients.lambda(functionName);
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID: uuid, Enabled: enabled }));
  for (;;) {
    const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID: uuid }));
    if (State === (enabled ? "Enabled" : "Disabled")) return;
    await terminal.pause(1000);
  }
}
