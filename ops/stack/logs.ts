import {
  type FilteredLogEvent,
  FilterLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Clients } from "./clients.ts";
import type { Consumer } from "./stack.ts";

/** A line in the log of a consumer's function. */
export type LogEntry = {
  readonly consumer: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly message: string;
};

/** How late a line may appear in the log, after lines that were written later. */
const lateMilliseconds = 15_000;

const pollMilliseconds = 2000;

/**
 * Yields what the functions of consumers log, from `since` on.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 */
export async function* logEntries(
  clients: Clients,
  consumers: readonly Consumer[],
  { since, pause }: { since: number; pause: (milliseconds: number) => Promise<void> },
): AsyncGenerator<LogEntry, void> {
  const logs = await Promise.all(consumers.map((consumer) => openLog(clients, consumer, since)));
  for (;;) {
    const entries = (await Promise.all(logs.map((log) => log.next()))).flat();
    yield* entries.sort((a, b) => a.time - b.time);
    await pause(pollMilliseconds);
  }
}

type Log = { readonly next: () => Promise<LogEntry[]> };

async function openLog(clients: Clients, consumer: Consumer, since: number): Promise<Log> {
  const { functionName = "", name } = consumer;
  const logGroupName = await logGroupOf(clients, functionName);
  const seen = new Map<string, number>();
  let latest = since;
  return {
    async next() {
      const startTime = Math.max(since, latest - lateMilliseconds);
      for (const [id, time] of seen) if (time < startTime) seen.delete(id);
      const events = await eventsOf(clients, functionName, { logGroupName, startTime });
      const fresh = events.filter(({ eventId = "" }) => !seen.has(eventId));
      for (const { eventId = "", timestamp = 0 } of fresh) {
        seen.set(eventId, timestamp);
        latest = Math.max(latest, timestamp);
      }
      return fresh.map(({ timestamp = 0, message = "" }) => ({
        consumer: name,
        time: timestamp,
        message: message.trimEnd(),
      }));
    },
  };
}

async function logGroupOf(clients: Clients, functionName: string): Promise<string> {
  const { LoggingConfig } = await clients
    .lambda(functionName)
    .send(new GetFunctionConfigurationCommand({ FunctionName: functionName }));
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}

async function eventsOf(
  clients: Clients,
  functionName: string,
  query: { readonly logGroupName: string; readonly startTime: number },
): Promise<FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await clients
        .logs(functionName)
        .send(new FilterLogEventsCommand({ ...query, nextToken }));
      found.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    // A function that has never run may have no log group.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return found;
}
