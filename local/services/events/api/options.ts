import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import { requireAllowed } from "../../../protocol/input.ts";
import { busNamed } from "../busName.ts";
import type { EventBuses } from "../eventBuses.ts";
import type { Rule } from "../rule.ts";

export type EventsServiceOptions = {
  readonly buses: EventBuses;
  readonly authorize: Authorize;
};

/** What calls that list have in common. */
export const listing = {
  NamePrefix: v.optional(v.string(), ""),
  NextToken: v.optional(v.string()),
  Limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)), 100),
};

/** The rule that a call concerns, once the caller may do that to it. @throws AwsError ResourceNotFoundException */
export function allowedRule(
  { buses, authorize }: EventsServiceOptions,
  call: Call,
  action: string,
  named: { readonly Name: string; readonly EventBusName?: string | undefined },
): Rule {
  const bus = busNamed(named.EventBusName);
  requireAllowed(authorize, call, `events:${action}`, buses.ruleArn(named.Name, bus));
  return buses.getRule(named.Name, bus);
}
