import type { Authorize } from "../../../protocol/access.ts";
import type { Call } from "../../../protocol/call.ts";
import { requireAllowed } from "../../../protocol/input.ts";
import { defaultBus, type EventBuses } from "../eventBuses.ts";
import type { Rule } from "../rule.ts";

export type EventsServiceOptions = {
  readonly buses: EventBuses;
  readonly authorize: Authorize;
};

/** A bus is named by its name or by its ARN. */
export function busNamed(name: string = defaultBus): string {
  return name.replace(/^.*event-bus\//, "");
}

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
