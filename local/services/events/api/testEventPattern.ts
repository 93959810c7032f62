import * as v from "valibot";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { compileEventPattern } from "../compileEventPattern.ts";
import type { EventsServiceOptions } from "./options.ts";

const input = v.object({ EventPattern: v.string(), Event: v.string() });

/** The members that an event needs for the test. */
const event = v.looseObject({
  id: v.string(),
  account: v.string(),
  source: v.string(),
  time: v.string(),
  region: v.string(),
  resources: v.optional(v.array(v.string())),
  "detail-type": v.union([v.string(), v.array(v.string())]),
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html */
export function testEventPattern({ authorize }: EventsServiceOptions, given: unknown, call: Call) {
  const { EventPattern, Event } = parseInput(input, given);
  requireAllowed(authorize, call, "events:TestEventPattern", "*");
  const matches = compileEventPattern(EventPattern);
  return { Result: matches(eventIn(Event)) };
}

function eventIn(text: string): unknown {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), event), text);
  if (read.success) return read.output;
  throw new AwsError("ValidationException", "Parameter Event is not valid.");
}
