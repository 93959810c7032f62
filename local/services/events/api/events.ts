import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { defaultBus, type EventBuses } from "../eventBuses.ts";

export type EventsServiceOptions = {
  readonly buses: EventBuses;
  readonly authorize: Authorize;
};

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const input = v.object({
  Entries: v.pipe(
    v.array(
      v.object({
        Source: v.string(),
        DetailType: v.string(),
        Detail: v.string(),
        Resources: v.optional(v.array(v.string())),
        EventBusName: v.optional(v.string()),
      }),
    ),
    v.minLength(1),
    v.maxLength(10),
  ),
});

/** EventBridge's API, of which the local cloud has PutEvents. */
export function eventsService(options: EventsServiceOptions): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: "AWSEvents",
    errorNamespace: "com.amazonaws.events",
    operations: { PutEvents: (given, call) => putEvents(options, given, call) },
  });
}

function putEvents({ buses, authorize }: EventsServiceOptions, given: unknown, call: Call) {
  const entries = parseInput(input, given).Entries;
  for (const bus of new Set(entries.map(busOf))) {
    requireAllowed(authorize, call, "events:PutEvents", buses.busArn(bus));
  }
  const results = entries.map((entry) => putEvent(buses, entry));
  const FailedEntryCount = results.filter((result) => "ErrorCode" in result).length;
  return { FailedEntryCount, Entries: results };
}

type Entry = v.InferOutput<typeof input>["Entries"][number];

/** An entry names its bus, or the bus's ARN. */
function busOf({ EventBusName = defaultBus }: Entry): string {
  return EventBusName.replace(/^.*event-bus\//, "");
}

/** Each entry is accepted or refused by itself. */
function putEvent(buses: EventBuses, entry: Entry) {
  const { Source: source, DetailType: detailType, Detail, Resources: resources } = entry;
  try {
    const detail: unknown = JSON.parse(Detail);
    const bus = busOf(entry);
    return { EventId: buses.put({ bus, source, detailType, detail, resources }) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    }
    if (error instanceof AwsError) return { ErrorCode: error.code, ErrorMessage: error.message };
    throw error;
  }
}
