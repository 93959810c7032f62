import { randomUUID } from "node:crypto";
import { account, formatArn } from "../../arn.ts";
import type { Authorize } from "../../protocol/access.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import type { AsynchronousInvoker } from "../lambda/interface.ts";

/** A schedule of EventBridge Scheduler. */
export type Schedule = {
  readonly arn: string;
  /** Between one invocation and the next, in milliseconds. */
  readonly every: number;
  readonly functionArn: string;
  /** The role that the scheduler assumes. */
  readonly roleArn: string;
  /** The event. @default the scheduler's own event */
  readonly input?: string | undefined;
};

export type SchedulesOptions = {
  readonly clock: Clock;
  readonly region: string;
  readonly trace: Trace;
  readonly authorize: Authorize;
  readonly functions: AsynchronousInvoker;
};

/**
 * EventBridge Scheduler: invokes functions at a steady rate, the first time one period from now.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export class Schedules {
  readonly #options: SchedulesOptions;
  /** The next invocation, by the schedule's ARN. */
  readonly #waiting = new Map<string, Cancel>();

  constructor(options: SchedulesOptions) {
    this.#options = options;
  }

  create(name: string, definition: Omit<Schedule, "arn">): Schedule {
    const arn = formatArn("scheduler", this.#options.region, `schedule/default/${name}`);
    if (this.#waiting.has(arn)) {
      throw new AwsError("ConflictException", `Schedule ${name} already exists.`, { status: 409 });
    }
    const schedule = { arn, ...definition };
    this.#arm(schedule);
    return schedule;
  }

  /** Ends a schedule, if it is there. */
  delete(name: string): void {
    const arn = formatArn("scheduler", this.#options.region, `schedule/default/${name}`);
    this.#waiting.get(arn)?.();
    this.#waiting.delete(arn);
  }

  /** Stops all schedules. */
  close(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }

  #arm(schedule: Schedule): void {
    const { clock } = this.#options;
    const cancel = clock.at(clock.now() + schedule.every, () => {
      this.#arm(schedule);
      this.#invoke(schedule);
    });
    this.#waiting.set(schedule.arn, cancel);
  }

  #invoke(schedule: Schedule): void {
    const { authorize, functions, trace } = this.#options;
    const { arn, functionArn, roleArn, input } = schedule;
    const decision = authorize({
      principal: { kind: "role", arn: roleArn },
      action: "lambda:InvokeFunction",
      resource: functionArn,
      context: {},
    });
    const event = randomUUID();
    if (decision.allowed) {
      functions.invokeAsync(functionArn, input ?? this.#scheduledEvent(arn, event), {
        event,
        from: arn,
      });
    } else {
      const { reason } = decision;
      trace.record(event, arn, functionArn, { kind: "denied", reason });
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
