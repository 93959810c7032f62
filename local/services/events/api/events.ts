import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
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
  const parsed = v.safeParse(input, given);
  if (!parsed.success) {
    const reason = parsed.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
    throw new AwsError("ValidationException", reason.join("; "));
  }
  const entries = parsed.output.Entries.map((entry) => {
    const bus = (entry.EventBusName ?? defaultBus).replace(/^.*event-bus\//, "");
    const resource = buses.busArn(bus);
    const { principal } = call;
    const request = { principal, action: "events:PutEvents", resource, context: {} };
    const decision = authorize(request);
    if (!decision.allowed) throw new AwsError("AccessDeniedException", decision.reason);
    return putEvent(buses, bus, entry);
  });
  const FailedEntryCount = entries.filter((entry) => "ErrorCode" in entry).length;
  return { FailedEntryCount, Entries: entries };
}

type Entry = v.InferOutput<typeof input>["Entries"][number];

/** Each entry is accepted or refused by itself. */
function putEvent(buses: EventBuses, bus: string, entry: Entry) {
  const { Source: source, DetailType: detailType, Detail, Resources: resources } = entry;
  try {
    const detail: unknown = JSON.parse(Detail);
    return { EventId: buses.put({ bus, source, detailType, detail, resources }) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
    }
    if (error instanceof AwsError) return { ErrorCode: error.code, ErrorMessage: error.message };
    throw error;
  }
}
