import {
  GetEventSourceMappingCommand,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import type { Command, Context } from "../command.ts";
import { OpsError, UsageError } from "../errors.ts";

export const pause: Command = {
  name: "pause",
  positionals: ["CONSUMER"],
  summary: "stops a consumer: its messages stay in the queue",
  details: `Disables the event source mapping of the consumer's function (UpdateEventSourceMapping) until "resume".
Batches under way are finished. A program's next deployment may enable it again.`,
  options: {},
  run: (context) => setEnabled(context, false),
};

export const resume: Command = {
  name: "resume",
  positionals: ["CONSUMER"],
  summary: "lets a paused consumer read its queue again",
  details:
    "Enables the event source mapping of the consumer's function (UpdateEventSourceMapping).",
  options: {},
  run: (context) => setEnabled(context, true),
};

/** How long Lambda may take to change the state of a mapping. */
const longestMilliseconds = 120_000;
const pollMilliseconds = 2000;

async function setEnabled(context: Context, enabled: boolean): Promise<void> {
  const { given, stack, show } = context;
  const { name, functionName } = stack.consumer(given.required(0, "CONSUMER"));
  if (functionName === undefined) throw new UsageError(`${name} has no function`);
  const mappings = await mappingsOf(context, functionName);
  if (mappings.length === 0) {
    throw new UsageError(`${name} has no event source mapping: SNS invokes its function directly`);
  }
  const lambda = stack.clients.lambda(functionName);
  for (const UUID of mappings) {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: enabled }));
    await reach(context, functionName, UUID, enabled ? "Enabled" : "Disabled");
  }
  show(`${name}: ${enabled ? "reads its queue again" : "paused"}`, { consumer: name, enabled });
}

async function mappingsOf({ stack }: Context, functionName: string): Promise<string[]> {
  const pages = paginateListEventSourceMappings(
    { client: stack.clients.lambda(functionName) },
    { FunctionName: functionName },
  );
  const found: string[] = [];
  for await (const { EventSourceMappings = [] } of pages) {
    found.push(...EventSourceMappings.flatMap(({ UUID }) => UUID ?? []));
  }
  return found;
}

/** Lambda changes it some seconds later. */
async function reach(
  { stack, terminal, note }: Context,
  functionName: string,
  UUID: string,
  wanted: string,
): Promise<void> {
  const lambda = stack.clients.lambda(functionName);
  for (let waited = 0; ; waited += pollMilliseconds) {
    const { State } = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
    if (State === wanted) return;
    if (waited >= longestMilliseconds) throw new OpsError(`the mapping ${UUID} stays ${State}`);
    note(`${State} ...`);
    await terminal.pause(pollMilliseconds);
  }
}
