import * as v from "valibot";
import { formatArn } from "../../../arn.ts";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import type { LogEvent, LogStreams } from "../logStreams.ts";

export type LogsOptions = {
  readonly logs: LogStreams;
  readonly authorize: Authorize;
  readonly region: string;
};

const text = v.optional(v.string());
const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)));
const groupInput = v.strictObject({ logGroupName: v.string() });
const groupsInput = v.strictObject({ logGroupNamePrefix: text, limit, nextToken: text });
const streamsInput = v.strictObject({
  ...groupInput.entries,
  logStreamNamePrefix: text,
  orderBy: v.optional(v.picklist(["LogStreamName", "LastEventTime"])),
  descending: v.optional(v.boolean(), false),
  limit,
  nextToken: text,
});
const eventsInput = v.strictObject({
  ...groupInput.entries,
  logStreamName: v.string(),
  startTime: v.optional(v.number(), 0),
  endTime: v.optional(v.number(), Number.POSITIVE_INFINITY),
  startFromHead: v.optional(v.boolean(), false),
  limit,
  nextToken: text,
});
const filterInput = v.strictObject({
  ...groupInput.entries,
  logStreamNames: v.optional(v.array(v.string())),
  logStreamNamePrefix: v.optional(v.string(), ""),
  filterPattern: v.optional(v.string(), ""),
  startTime: v.optional(v.number(), 0),
  endTime: v.optional(v.number(), Number.POSITIVE_INFINITY),
  interleaved: v.optional(v.boolean()),
  limit,
  nextToken: text,
});

/**
 * Serves what functions have printed: the latest lines of each. Nothing else writes logs.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
 */
export function logsService(options: LogsOptions): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: "Logs_20140328",
    errorNamespace: "com.amazonaws.logs",
    operations: operations(options),
  });
}

function operations({ logs, authorize, region }: LogsOptions): Operations {
  const arnOf = (group: string) => formatArn("logs", region, `log-group:${group}:*`);
  const allow = (call: Call, action: string, group: string) =>
    requireAllowed(authorize, call, `logs:${action}`, group === "*" ? "*" : arnOf(group));
  return {
    DescribeLogGroups: (input, call) => {
      const { logGroupNamePrefix = "", ...paging } = parseInput(groupsInput, input);
      allow(call, "DescribeLogGroups", "*");
      const groups = logs.groups().filter(({ name }) => name.startsWith(logGroupNamePrefix));
      const { items, nextToken } = pageOf(groups, paging, 50);
      const logGroups = items.map(({ name, createdAt }) => ({
        logGroupName: name,
        creationTime: createdAt,
        arn: arnOf(name),
      }));
      return { logGroups, nextToken };
    },
    DescribeLogStreams: (input, call) => {
      const { logGroupName, ...given } = parseInput(streamsInput, input);
      allow(call, "DescribeLogStreams", logGroupName);
      const { logStreamNamePrefix = "", orderBy, descending } = given;
      const byTime = orderBy === "LastEventTime";
      const streams = logs
        .streams(logGroupName)
        .filter(({ name }) => name.startsWith(logStreamNamePrefix))
        .sort((a, b) => (byTime ? a.lastEventAt - b.lastEventAt : a.name < b.name ? -1 : 1));
      const { items, nextToken } = pageOf(descending ? streams.reverse() : streams, given, 50);
      const logStreams = items.map(({ name, createdAt, lastEventAt }) => ({
        logStreamName: name,
        creationTime: createdAt,
        lastEventTimestamp: lastEventAt,
        arn: formatArn("logs", region, `log-group:${logGroupName}:log-stream:${name}`),
      }));
      return { logStreams, nextToken };
    },
    GetLogEvents: (input, call) => {
      const { logGroupName, logStreamName, ...given } = parseInput(eventsInput, input);
      allow(call, "GetLogEvents", logGroupName);
      if (!logs.streams(logGroupName).some(({ name }) => name === logStreamName)) {
        const message = "The specified log stream does not exist.";
        throw new AwsError("ResourceNotFoundException", message);
      }
      const found = logs
        .events(logGroupName)
        .filter((event) => event.streamName === logStreamName && isWithin(event, given));
      const { start, end } = rangeOf(found.length, given);
      return {
        events: found.slice(start, end).map(({ timestamp, message }) => ({
          timestamp,
          message,
          ingestionTime: timestamp,
        })),
        nextForwardToken: `f/${end}`,
        nextBackwardToken: `b/${start}`,
      };
    },
    FilterLogEvents: (input, call) => {
      const { logGroupName, ...given } = parseInput(filterInput, input);
      allow(call, "FilterLogEvents", logGroupName);
      const { logStreamNames, logStreamNamePrefix } = given;
      const contains = patternOf(given.filterPattern);
      const found = logs
        .events(logGroupName)
        .filter(
          (event) =>
            isWithin(event, given) &&
            event.streamName.startsWith(logStreamNamePrefix) &&
            (logStreamNames === undefined || logStreamNames.includes(event.streamName)) &&
            contains(event.message),
        );
      const { items, nextToken } = pageOf(found, given, 10_000);
      const events = items.map(({ id, streamName, timestamp, message }) => ({
        eventId: String(id).padStart(20, "0"),
        logStreamName: streamName,
        timestamp,
        message,
        ingestionTime: timestamp,
      }));
      return { events, nextToken, searchedLogStreams: [] };
    },
    DeleteLogGroup: (input, call) => {
      const { logGroupName } = parseInput(groupInput, input);
      allow(call, "DeleteLogGroup", logGroupName);
      logs.delete(logGroupName);
      return {};
    },
  };
}

function isWithin(
  { timestamp }: LogEvent,
  { startTime, endTime }: { readonly startTime: number; readonly endTime: number },
): boolean {
  return timestamp >= startTime && timestamp < endTime;
}

/**
 * Of AWS's patterns, those of words and quoted phrases, all of which have to be in the line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function patternOf(pattern: string): (message: string) => boolean {
  const terms = pattern.match(/"[^"]*"|\S+/g) ?? [];
  const special = terms.find((term) => /^[?\-{[%]/.test(term));
  if (special !== undefined) throw notSupported(`the filter pattern ${pattern}`);
  const texts = terms.map((term) => term.replaceAll('"', ""));
  return (message) => texts.every((each) => message.includes(each));
}

function pageOf<T>(
  all: readonly T[],
  { limit: wanted, nextToken }: { readonly limit?: number; readonly nextToken?: string },
  most: number,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const start = nextToken === undefined ? 0 : indexIn(nextToken);
  const end = start + Math.min(wanted ?? most, most);
  return {
    items: all.slice(start, end),
    nextToken: end < all.length ? `f/${end}` : undefined,
  };
}

/**
 * Which events of a stream a call gets: without a token its latest, or its first with `startFromHead`. The token of
 * either end leads to itself; AWS ends a list so.
 */
function rangeOf(
  length: number,
  given: {
    readonly limit?: number;
    readonly nextToken?: string;
    readonly startFromHead: boolean;
  },
): { readonly start: number; readonly end: number } {
  const { limit: most = 10_000, nextToken, startFromHead } = given;
  const index = nextToken === undefined ? undefined : Math.min(indexIn(nextToken), length);
  const isForward = nextToken === undefined ? startFromHead : nextToken.startsWith("f");
  if (isForward) {
    const start = index ?? 0;
    return { start, end: Math.min(length, start + most) };
  }
  const end = index ?? length;
  return { start: Math.max(0, end - most), end };
}

function indexIn(token: string): number {
  const [, index] = /^[fb]\/(\d+)$/.exec(token) ?? [];
  if (index !== undefined) return Number(index);
  throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
}
