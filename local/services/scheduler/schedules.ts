import { randomUUID } from "node:crypto";
import { nextTime, onceAt } from "../../../aws/scheduleExpression.ts";
import { account, formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import { deniedByTopic } from "../sns/interface.ts";
import { checkTarget, deliver, type Target, type TargetServices } from "./deliver.ts";

/** A schedule of EventBridge Scheduler. */
export type Schedule = {
  readonly arn: string;
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)` in UTC, or `at(2026-11-29T10:00:00)` in UTC, once. */
  readonly expression: string;
  /** Cloud time in milliseconds since 1970, before which nothing is called. @default no limit */
  readonly start?: number | undefined;
  /** Cloud time in milliseconds since 1970, after which nothing is called. @default no limit */
  readonly end?: number | undefined;
  readonly enabled: boolean;
  readonly target: Target;
};

export type SchedulesOptions = TargetServices & {
  readonly clock: Clock;
  readonly region: string;
  readonly trace: Trace;
};

/**
 * EventBridge Scheduler: calls functions, queues and topics at a rate, the first time one period from now, or
 * at the times of an expression.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Schedules {
  readonly #options: SchedulesOptions;
  /** What cancels the next call, by the schedule's ARN; one that is over or disabled has none. */
  readonly #schedules = new Map<string, Cancel | undefined>();

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  create(name: string, definition: Omit<Schedule, "arn">): Schedule {
    const arn = formatArn("scheduler", this.#options.region, `schedule/default/${name}`);
    if (this.#schedules.has(arn)) {
      throw new AwsError("ConflictException", `Schedule ${name} already exists.`, { status: 409 });
    }
    checkTarget(definition.target);
    const schedule = { arn, ...definition };
    this.#schedules.set(arn, undefined);
    if (schedule.enabled) this.#arm(schedule);
    return schedule;
  }

  /** Ends a schedule, if it is there. */
  delete(name: string): void {
    const arn = formatArn("scheduler", this.#options.region, `schedule/default/${name}`);
    this.#schedules.get(arn)?.();
    this.#schedules.delete(arn);
  }

  /** Stops all schedules. */
  close(): void {
    for (const cancel of this.#schedules.values()) cancel?.();
    this.#schedules.clear();
  }

  #arm(schedule: Schedule): void {
    const { clock } = this.#options;
    const { arn, expression, start = 0, end = Number.POSITIVE_INFINITY } = schedule;
    const time = nextCall(expression, Math.max(clock.now(), start - 1));
    if (time === undefined || time > end) {
      this.#schedules.set(arn, undefined);
      return;
    }
    const cancel = clock.at(time, () => {
      this.#arm(schedule);
      this.#call(schedule);
    });
    this.#schedules.set(arn, cancel);
  }

  #call({ arn, target }: Schedule): void {
    const event = randomUUID();
    const payload = target.input ?? this.#scheduledEvent(arn, event);
    try {
      deliver(this.#options, target, payload, { event, from: arn });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (deniedByTopic(error)) return;
      const { code, message: reason } = error;
      const kind = code === "AccessDenied" ? "denied" : "dropped";
      this.#options.trace.record(event, arn, target.arn, { kind, reason });
    }
  }

  #scheduledEvent(arn: string, id: string): string {
    const { clock, region } = this.#options;
    return JSON.stringify({
      version: "0",
      id,
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account,
      time: new Date(clock.now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
      region,
      resources: [arn],
      detail: "{}",
    });
  }
}

/** When a schedule is due next, in milliseconds since 1970; undefined when it is over. */
function nextCall(expression: string, after: number): number | undefined {
  const once = onceAt(expression);
  if (once === undefined) return nextTime(expression, after);
  return once > after ? once : undefined;
}
