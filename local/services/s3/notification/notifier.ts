import type { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import { isDenial } from "../../sns/interface.ts";
import type { Bucket } from "../bucket.ts";
import type { Requester } from "../requester.ts";
import { S3Error } from "../s3Error.ts";
import { busEvent } from "./busEvent.ts";
import type { Change } from "./change.ts";
import { type Destinations, deliver, tryOut } from "./destinations.ts";
import { eventMessage, testMessage } from "./message.ts";
import { matchingRules, type NotificationRule, targetOf } from "./rules.ts";

export type NotifierOptions = Destinations & {
  readonly clock: Clock;
  readonly trace: Trace;
};

/** Delivers what happens in buckets to topics, queues and functions. */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /**
   * Traces the change, and sends it to the destination of every rule that it falls under. An event that
   * a destination rejects is lost, as on AWS; the trace has the reason.
   */
  notify(change: Change): void {
    const { clock, region, trace } = this.#options;
    const { bucket, eventName, key, requester } = change;
    const event = requester.event ?? requester.requestId;
    trace.record(event, requester.callerArn, bucket.arn, { kind: "stored", key, eventName });
    for (const rule of matchingRules(bucket.notification, eventName, key)) {
      if ("eventBusArn" in rule) {
        this.#options.events.put({ ...busEvent(change), origin: event });
        continue;
      }
      const message = eventMessage(change, { time: clock.now(), region, ruleId: rule.id });
      const { traceHeader } = requester;
      const failure = deliver(this.#options, { bucket, rule, message, event, traceHeader });
      if (failure === undefined) continue;
      const kind = isDenial(failure) ? "denied" : "dropped";
      trace.record(event, bucket.arn, targetOf(rule).arn, { kind, reason: failure.message });
    }
  }

  /**
   * Sends each topic and queue a test event, as S3 does before it accepts new rules, and checks that
   * functions may be invoked.
   *
   * @throws S3Error InvalidArgument, naming every destination that rejects it
   */
  sendTestEvents(bucket: Bucket, rules: readonly NotificationRule[], requester: Requester): void {
    const message = testMessage(bucket.name, requester, this.#options.clock.now());
    const event = requester.requestId;
    const tested = rules.filter((rule) => !("eventBusArn" in rule));
    const byTarget = new Map(tested.map((rule) => [targetOf(rule).arn, rule] as const));
    const problems = [...byTarget].flatMap(([arn, rule]) => {
      if (arn.endsWith(".fifo")) return { name: arn, problem: fifoProblem(rule) };
      const failure = tryOut(this.#options, { bucket, rule, message, event });
      // AWS adds a qualifier to functions, which none has.
      const name = "functionArn" in rule ? `${arn}, null` : arn;
      return failure === undefined ? [] : { name, problem: problemOf(rule, failure) };
    });
    if (problems.length > 0) throw destinationsNotValid(problems);
  }
}

const words = {
  Topic: "topic",
  Queue: "queue",
  CloudFunction: "function",
  EventBus: "event bus",
} as const;

function fifoProblem(rule: NotificationRule): string {
  const word = words[targetOf(rule).kind];
  return `FIFO ${word}s are not supported: use a standard ${word}`;
}

function problemOf(rule: NotificationRule, failure: AwsError): string {
  const { kind, arn } = targetOf(rule);
  if (kind === "CloudFunction") {
    return `Not authorized to invoke function [${arn}]: ${failure.message}`;
  }
  const word = words[kind];
  if (failure.code === "NotFound") return `The destination ${word} does not exist`;
  return `Permissions on the destination ${word} do not allow S3 to publish notifications from this bucket: ${failure.message}`;
}

function destinationsNotValid(
  problems: readonly { readonly name: string; readonly problem: string }[],
): S3Error {
  const details = problems.flatMap(({ name, problem }, index) => [
    [`ArgumentName${index + 1}`, name],
    [`ArgumentValue${index + 1}`, problem],
  ]);
  return new S3Error(
    "InvalidArgument",
    "Unable to validate the following destination configurations",
    { details: Object.fromEntries(details) },
  );
}
