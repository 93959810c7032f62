import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { reachedBy } from "../../services/scheduler/universalTarget.ts";
import type { TriggerState } from "./types.ts";

/** The state of every rule of EventBridge and every schedule, by its ARN. */
export function triggerStates({ events, schedules }: Cloud): Record<string, TriggerState> {
  const ofRules = events.rules().map(({ arn, pattern, schedule, enabled }) => [
    arn,
    {
      enabled,
      targets: events.targets(arn).map((target) => target.arn),
      ...(pattern !== undefined && { pattern }),
      ...(schedule !== undefined && { schedule }),
      ...next(events.nextCall(arn)),
    },
  ]);
  const ofSchedules = schedules.list().map(({ arn, expression, timeZone, enabled, target }) => [
    arn,
    {
      enabled,
      targets: [reachedBy(target)],
      schedule: expression,
      ...(timeZone !== undefined && { timeZone }),
      ...(target.input !== undefined && { input: target.input }),
      ...next(schedules.nextCall(arn)),
    },
  ]);
  return Object.fromEntries([...ofRules, ...ofSchedules]);
}

function next(time: number | undefined): Pick<TriggerState, "next"> {
  return time === undefined ? {} : { next: time };
}

/**
 * Calls the targets of a schedule, or of a rule with one, as if it were due.
 *
 * @returns the id of the event
 * @throws AwsError for what is not there, or has no schedule
 */
export function runTrigger({ events, schedules }: Cloud, arn: string): { event: string } {
  if (events.findRule(arn) !== undefined) return { event: events.run(arn) };
  if (schedules.list().some((schedule) => schedule.arn === arn))
    return { event: schedules.run(arn) };
  throw new AwsError("ResourceNotFoundException", `There is no rule and no schedule ${arn}.`);
}
