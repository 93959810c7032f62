import { randomUUID } from "node:crypto";
import { nextTime, onceAt } from "../../../aws/scheduleExpression.ts";
import { account, formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../time/clock.ts";
import { isoSeconds } from "../../time/isoSeconds.ts";
import type { Trace } from "../../trace/trace.ts";
import { deniedByTopic } from "../sns/interface.ts";
import { withContext } from "./contextAttributes.ts";
import { sendToDeadLetterQueue } from "./deadLetters.ts";
import { checkTarget, deliver, type Target, type TargetServices } from "./deliver.ts";
import { defaultGroup, ScheduleGroups } from "./scheduleGroups.ts";

/** A schedule of EventBridge Scheduler. */
export type Schedule = {
  readonly arn: string;
  /** @default "default" */
  readonly group?: string | undefined;
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)`, or `at(2026-11-29T10:00:00)`, once. */
  readonly expression: string;
  /** Of a cron expression and of a time. @default UTC */
  readonly timeZone?: string;
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
  readonly #groups: ScheduleGroups;
  readonly #schedules = new Map<string, Schedule>();
  /** By the schedule's ARN; one that is over or disabled has no next call. */
  readonly #next = new Map<string, { readonly time: number; readonly cancel: Cancel }>();

  constructor(options: SchedulesOptions) {
    this.#options = options;
    this.#groups = new ScheduleGroups(options);
  }

  get groups(): Pick<ScheduleGroups, "create" | "find"> {
    return this.#groups;
  }

  /** Deletes a group with all its schedules. */
  deleteGroup(group: string): void {
    const start = this.#arnOf("", group);
    for (const arn of this.#schedules.keys()) if (arn.startsWith(start)) this.#end(arn);
    this.#groups.delete(group);
  }

  create(name: string, definition: Omit<Schedule, "arn">): Schedule {
    const { group = defaultGroup } = definition;
    this.#groups.require(group);
    const arn = this.#arnOf(name, group);
    if (this.#schedules.has(arn)) {
      throw new AwsError("ConflictException", `Schedule ${name} already exists.`, { status: 409 });
    }
    checkTarget(definition.target);
    const schedule = { arn, ...definition };
    this.#schedules.set(arn, schedule);
    if (schedule.enabled) this.#arm(schedule);
    return schedule;
  }

  list(): readonly Schedule[] {
    return [...this.#schedules.values()];
  }

  /** Cloud time of the next call, in milliseconds since 1970; undefined for a schedule that is over or disabled. */
  nextCall(arn: string): number | undefined {
    return this.#next.get(arn)?.time;
  }

  /**
   * Calls the target now, also that of a disabled schedule; the next call stays when it is due. AWS has no such call.
   *
   * @returns the id of the event
   * @throws AwsError ResourceNotFoundException
   */
  run(arn: string): string {
    const schedule = this.#schedules.get(arn);
    if (schedule === undefined) {
      throw new AwsError("ResourceNotFoundException", `There is no schedule ${arn}.`, {
        status: 404,
      });
    }
    return this.#call(schedule, this.#options.clock.now());
  }

  /** Ends a schedule, if it is there. */
  delete(name: string, group: string = defaultGroup): void {
    this.#end(this.#arnOf(name, group));
  }

  #arnOf(name: string, group: string): string {
    return formatArn("scheduler", this.#options.region, `schedule/${group}/${name}`);
  }

  #end(arn: string): void {
    this.#next.get(arn)?.cancel();
    this.#next.delete(arn);
    this.#schedules.delete(arn);
  }

  /** Stops all schedules. */
  close(): void {
    for (const { cancel } of this.#next.values()) cancel();
    this.#next.clear();
    this.#schedules.clear();
  }

  #arm(schedule: Schedule): void {
    const { clock } = this.#options;
    const { arn, start = 0, end = Number.POSITIVE_INFINITY } = schedule;
    const time = nextCall(schedule, Math.max(clock.now(), start - 1));
    if (time === undefined || time > end) {
      this.#next.delete(arn);
      return;
    }
    const cancel = clock.at(time, () => {
      this.#arm(schedule);
      this.#call(schedule, time);
    });
    this.#next.set(arn, { time, cancel });
  }

  /** @returns the id of the event */
  #call(schedule: Schedule, time: number): string {
    const { arn, target } = schedule;
    const event = randomUUID();
    const input = target.input ?? this.#scheduledEvent(arn, event);
    const payload = withContext(input, { scheduleArn: arn, executionId: event, time });
    try {
      deliver(this.#options, target, payload, { event, from: arn });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#keep(schedule, { event, payload }, error);
    }
    return event;
  }

  /** Traces that the target did not accept the call, and sends it to the schedule's dead-letter queue. */
  #keep(
    { arn, target }: Schedule,
    { event, payload }: { readonly event: string; readonly payload: string },
    refusal: AwsError,
  ): void {
    const { trace } = this.#options;
    const { code, message: reason } = refusal;
    const isDenied = code === "AccessDenied";
    if (!deniedByTopic(refusal) && (isDenied || target.deadLetterArn === undefined)) {
      trace.record(event, arn, target.arn, { kind: isDenied ? "denied" : "dropped", reason });
    }
    if (target.deadLetterArn !== undefined) {
      sendToDeadLetterQueue(
        this.#options,
        { ...{ scheduleArn: arn, target, payload, event }, deadLetterArn: target.deadLetterArn },
        refusal,
      );
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
      time: isoSeconds(clock.now()),
      region,
      resources: [arn],
      detail: "{}",
    });
  }
}

/** When a schedule is due next, in milliseconds since 1970; undefined when it is over. */
function nextCall({ expression, timeZone }: Schedule, after: number): number | undefined {
  const once = onceAt(expression, timeZone);
  if (once === undefined) return nextTime(expression, after, timeZone);
  return once > after ? once : undefined;
}
