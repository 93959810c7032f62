import type { Call, Reply } from "../../../protocol/call.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { busOperations } from "./busOperations.ts";
import type { EventsServiceOptions } from "./options.ts";
import { putEvents } from "./putEvents.ts";
import { ruleOperations } from "./ruleOperations.ts";
import { targetOperations } from "./targetOperations.ts";
import { testEventPattern } from "./testEventPattern.ts";

/**
 * EventBridge's API: events, buses, rules and targets.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html
 */
export function eventsService(options: EventsServiceOptions): (call: Call) => Promise<Reply> {
  return jsonProtocol({
    targetPrefix: "AWSEvents",
    errorNamespace: "com.amazonaws.events",
    operations: {
      PutEvents: (input, call) => putEvents(options, input, call),
      TestEventPattern: (input, call) => testEventPattern(options, input, call),
      ...busOperations(options),
      ...ruleOperations(options),
      ...targetOperations(options),
    },
  });
}
