import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { busNamed } from "../busName.ts";
import type { EventBuses } from "../eventBuses.ts";
import type { EventsServiceOptions } from "./options.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
const entry = v.object({
  Source: v.optional(v.string(), ""),
  DetailType: v.optional(v.string(), ""),
  Detail: v.optional(v.string(), ""),
  Resources: v.optional(v.array(v.string())),
  EventBusName: v.optional(v.string()),
  /** In seconds since 1970. */
  Time: v.optional(v.number()),
  TraceHeader: v.optional(v.string()),
});

const input = v.object({ Entries: v.pipe(v.array(entry), v.minLength(1), v.maxLength(10)) });

type Entry = v.InferOutput<typeof entry>;

/** Of all entries together, in bytes. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const largestRequest = 256 * 1024;

/** Each entry is accepted or refused by itself. */
export function putEvents({ buses, authorize }: EventsServiceOptions, given: unknown, call: Call) {
  const entries = parseInput(input, given).Entries;
  for (const bus of new Set(entries.map((each) => busNamed(each.EventBusName)))) {
    requireAllowed(authorize, call, "events:PutEvents", buses.busArn(bus));
  }
  if (entries.reduce((sum, each) => sum + sizeOf(each), 0) > largestRequest) {
    throw new AwsError(
      "ValidationException",
      "Total size of the entries in the request is over the limit.",
    );
  }
  const results = entries.map((each) => putEvent(buses, each, call.callerArn));
  const FailedEntryCount = results.filter((result) => "ErrorCode" in result).length;
  return { FailedEntryCount, Entries: results };
}

/** A time counts 14 bytes, whatever it is. */
function sizeOf({ Source, DetailType, Detail, Resources = [], Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  const time = Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), time);
}

function putEvent(buses: EventBuses, each: Entry, from: string) {
  const missing = (["Source", "DetailType", "Detail"] as const).find((name) => each[name] === "");
  if (missing !== undefined) {
    const reason = `Reason: ${missing} is a required argument.`;
    return {
      ErrorCode: "InvalidArgument",
      ErrorMessage: `Parameter ${missing} is not valid. ${reason}`,
    };
  }
  const detail = objectIn(each.Detail);
  if (detail === undefined) {
    return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  }
  const { Source: source, DetailType: detailType, Resources: resources, Time: seconds } = each;
  const time = seconds === undefined ? undefined : seconds * 1000;
  const bus = busNamed(each.EventBusName);
  return { EventId: buses.put({ bus, source, detailType, detail, resources, time, from }) };
}

/** @returns undefined for a text that is not a JSON object */
function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
