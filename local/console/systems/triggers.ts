import type { Cloud } from "../../cloud.ts";
import { reachedBy } from "../../services/scheduler/universalTarget.ts";
import { shortName } from "../../trace/shortName.ts";
import type { Named } from "./systemShape.ts";

/** A rule of EventBridge or a schedule, and one of what it calls: a topic, a queue, a function. */
export type Trigger = {
  readonly entrance: Named & { readonly kind: "rule" | "schedule" };
  readonly targetArn: string;
};

/** One for each target. */
export function triggersOf({ events, schedules }: Cloud): Trigger[] {
  const ofRules = events.rules().flatMap(({ arn, name }) =>
    events.targets(arn).map((target) => ({
      entrance: { arn, name, kind: "rule" } as const,
      targetArn: target.arn,
    })),
  );
  const ofSchedules = schedules.list().map(({ arn, target }) => ({
    entrance: { arn, name: shortName(arn), kind: "schedule" } as const,
    targetArn: reachedBy(target),
  }));
  return [...ofRules, ...ofSchedules];
}
