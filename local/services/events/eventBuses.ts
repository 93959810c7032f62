import { randomUUID } from "node:crypto";
import type { PatternMatcher } from "../../../aws/eventPattern.ts";
import { nextTime } from "../../../aws/scheduleExpression.ts";
import { account, formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Cancel, Clock } from "../../time/clock.ts";
import { isoSeconds } from "../../time/isoSeconds.ts";
import type { Trace } from "../../trace/trace.ts";
import { deniedByTopic } from "../sns/interface.ts";
import { busNamed, defaultBus } from "./busName.ts";
import { compileEventPattern } from "./compileEventPattern.ts";
import { sendToDeadLetterQueue } from "./deadLetters.ts";
import { checkTarget, deliver, type TargetServices } from "./deliver.ts";
import type { BusEvent, Delivery, Rule, Target } from "./rule.ts";

export type EventBusesOptions = TargetServices & {
  readonly clock: Clock;
  readonly trace: Trace;
};

export type NewEvent = Pick<BusEvent, "source" | "detail"> & {
  readonly detailType: string;
  readonly resources?: readonly string[];
  /** @default default */
  readonly bus?: string;
  /** In milliseconds since 1970. @default now */
  readonly time?: number | undefined;
  /** ARN of who sends it, for the trace. @default the source */
  readonly from?: string;
  /** What the hops of the trace are gathered under. @default the event's id */
  readonly origin?: string;
};

export type EventBus = {
  readonly name: string;
  readonly arn: string;
  readonly description?: string | undefined;
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};

type KeptRule = { readonly rule: Rule; readonly matches: PatternMatcher | undefined };

/** EventBridge: buses with rules, which send matching events and scheduled ones to their targets. */
export class EventBuses {
  readonly #options: EventBusesOptions;
  readonly #buses = new Map<string, EventBus>();
  readonly #rules = new Map<string, KeptRule>();
  readonly #targets = new Map<string, Map<string, Target>>();
  /** By the ARN of a rule with a schedule; a disabled one has no next call. */
  readonly #next = new Map<string, { readonly time: number; readonly cancel: Cancel }>();

  constructor(options: EventBusesOptions) {
    this.#options = options;
    this.addBus(defaultBus);
  }

  /** @returns its ARN */
  addBus(name: string, description?: string): string {
    const arn = this.busArn(name);
    this.#buses.set(name, { name, arn, description, created: this.#options.clock.now() });
    return arn;
  }

  removeBus(name: string): void {
    if (name !== defaultBus) this.#buses.delete(name);
  }

  findBus(name: string): EventBus | undefined {
    return this.#buses.get(name);
  }

  /** @throws AwsError ResourceNotFoundException */
  getBus(name: string): EventBus {
    const bus = this.findBus(name);
    if (bus !== undefined) return bus;
    throw new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`);
  }

  buses(): readonly EventBus[] {
    return [...this.#buses.values()];
  }

  busArn(name: string): string {
    return formatArn("events", this.#options.region, `event-bus/${name}`);
  }

  ruleArn(name: string, bus: string): string {
    const path = bus === defaultBus ? name : `${bus}/${name}`;
    return formatArn("events", this.#options.region, `rule/${path}`);
  }

  /**
   * Makes a rule, or replaces the one of that name.
   *
   * @throws AwsError InvalidEventPatternException, ResourceNotFoundException for a bus that is not there
   */
  putRule(definition: Omit<Rule, "arn">): Rule {
    const { name, bus, pattern, schedule } = definition;
    this.getBus(bus);
    const rule = { ...definition, arn: this.ruleArn(name, bus) };
    const matches = pattern === undefined ? undefined : compileEventPattern(pattern);
    this.#rules.set(rule.arn, { rule, matches });
    this.#disarm(rule.arn);
    if (schedule !== undefined && rule.enabled) this.#arm(rule, schedule);
    return rule;
  }

  /** @throws AwsError ResourceNotFoundException */
  getRule(name: string, bus: string): Rule {
    this.getBus(bus);
    const rule = this.findRule(this.ruleArn(name, bus));
    if (rule !== undefined) return rule;
    const message = `Rule ${name} does not exist on EventBus ${bus}.`;
    throw new AwsError("ResourceNotFoundException", message);
  }

  findRule(arn: string): Rule | undefined {
    return this.#rules.get(arn)?.rule;
  }

  /** Of all buses. */
  rules(): readonly Rule[] {
    return [...this.#rules.values()].map(({ rule }) => rule);
  }

  removeRule(arn: string): void {
    this.#disarm(arn);
    this.#rules.delete(arn);
  }

  /** Cloud time when a rule's schedule is due next, in milliseconds since 1970; undefined for one that has none. */
  nextCall(ruleArn: string): number | undefined {
    return this.#next.get(ruleArn)?.time;
  }

  /**
   * Sends a scheduled event to the rule's targets now, also of a disabled rule; the next one stays when it is due. AWS
   * has no such call.
   *
   * @returns the id of the event
   * @throws AwsError ResourceNotFoundException, or ValidationException for a rule without a schedule
   */
  run(ruleArn: string): string {
    const rule = this.findRule(ruleArn);
    if (rule === undefined) {
      throw new AwsError("ResourceNotFoundException", `Rule ${ruleArn} does not exist.`);
    }
    if (rule.schedule === undefined) {
      throw new AwsError(
        "ValidationException",
        `Rule ${rule.name} has no schedule: put an event that it matches.`,
      );
    }
    return this.#sendScheduled(rule);
  }

  /** @throws AwsError NotImplemented for a kind of target that exists on AWS only, ValidationException */
  putTarget(ruleArn: string, target: Target): void {
    checkTarget(target);
    const targets = this.#targets.get(ruleArn) ?? new Map<string, Target>();
    this.#targets.set(ruleArn, targets.set(target.id, target));
  }

  removeTarget(ruleArn: string, id: string): void {
    this.#targets.get(ruleArn)?.delete(id);
  }

  targets(ruleArn: string): readonly Target[] {
    return [...(this.#targets.get(ruleArn)?.values() ?? [])];
  }

  /** Sends an event to the targets of every rule that it matches; on a bus that is not there, to none. @returns its id */
  put(given: NewEvent): string {
    const { bus = defaultBus, detailType, source, detail, resources = [], time } = given;
    const event = this.#event({ "detail-type": detailType, source, resources, detail }, time);
    if (!this.#buses.has(bus)) this.#noteMissingBus(bus, event, given.from ?? source);
    for (const rule of this.#matching(bus, event)) this.#send(rule, event, given.origin);
    return event.id;
  }

  /**
   * Sends an event for a service that names the bus by its ARN.
   *
   * @throws AwsError ResourceNotFoundException
   */
  putOn(busArn: string, given: Omit<NewEvent, "bus">): string {
    return this.put({ ...given, bus: this.getBus(busNamed(busArn)).name });
  }

  /** Sends nothing any more. */
  close(): void {
    for (const { cancel } of this.#next.values()) cancel();
    this.#next.clear();
  }

  #matching(bus: string, event: BusEvent): readonly Rule[] {
    return [...this.#rules.values()].flatMap(({ rule, matches }) =>
      rule.bus === bus && rule.enabled && matches?.(event) ? [rule] : [],
    );
  }

  #arm(rule: Rule, schedule: string): void {
    const { clock } = this.#options;
    const time = nextTime(schedule, clock.now());
    if (time === undefined) return;
    const cancel = clock.at(time, () => {
      this.#arm(rule, schedule);
      this.#sendScheduled(rule);
    });
    this.#next.set(rule.arn, { time, cancel });
  }

  #disarm(ruleArn: string): void {
    this.#next.get(ruleArn)?.cancel();
    this.#next.delete(ruleArn);
  }

  /** @returns the id of the event */
  #sendScheduled(rule: Rule): string {
    const event = this.#event({ ...scheduled, resources: [rule.arn] });
    this.#send(rule, event);
    return event.id;
  }

  #send(rule: Rule, event: BusEvent, origin = event.id, forward = this.#forward): void {
    for (const target of this.targets(rule.arn)) {
      const delivery: Delivery = { rule, target, event, origin };
      try {
        deliver(this.#options, delivery, forward);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        this.#keep(delivery, error);
      }
    }
  }

  /**
   * Puts an event as it is on another bus. From there it goes to no third bus.
   *
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html
   *
   * @throws AwsError ResourceNotFoundException
   */
  readonly #forward = ({ target, event, origin }: Delivery): void => {
    const { name } = this.getBus(busNamed(target.arn));
    for (const rule of this.#matching(name, event)) this.#send(rule, event, origin, stayHere);
  };

  /** Traces that the target did not accept the event, and sends this to the target's dead-letter queue. */
  #keep(delivery: Delivery, refusal: AwsError): void {
    const { trace } = this.#options;
    const { rule, target, origin } = delivery;
    const { code, message: reason } = refusal;
    const isDenied = code === "AccessDenied";
    if (!deniedByTopic(refusal) && (isDenied || target.deadLetterArn === undefined)) {
      trace.record(origin, rule.arn, target.arn, { kind: isDenied ? "denied" : "dropped", reason });
    }
    if (target.deadLetterArn !== undefined) {
      sendToDeadLetterQueue(this.#options, delivery, target.deadLetterArn, refusal);
    }
  }

  #noteMissingBus(bus: string, { id }: BusEvent, from: string): void {
    const reason = `Event bus ${bus} does not exist.`;
    this.#options.trace.record(id, from, this.busArn(bus), { kind: "dropped", reason });
  }

  /** @param time in milliseconds since 1970 */
  #event(
    given: Pick<BusEvent, "detail-type" | "source" | "resources" | "detail">,
    time = this.#options.clock.now(),
  ): BusEvent {
    const { "detail-type": type, source, resources, detail } = given;
    return {
      version: "0",
      id: randomUUID(),
      "detail-type": type,
      source,
      account,
      time: isoSeconds(time),
      region: this.#options.region,
      resources,
      detail,
    };
  }
}

function stayHere(): void {
  throw new AwsError("InvalidParameter", "An event from another bus is not sent on to a third.");
}

const scheduled = { "detail-type": "Scheduled Event", source: "aws.events", detail: {} };
