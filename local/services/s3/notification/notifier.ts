import { account } from "../../../arn.ts";
import type { Principal } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Publisher } from "../../sns/interface.ts";
import type { Bucket } from "../bucket.ts";
import type { Requester } from "../requester.ts";
import { S3Error } from "../s3Error.ts";
import type { Change } from "./change.ts";
import { eventMessage, subject, testMessage } from "./message.ts";
import { matchingRules, type NotificationRule } from "./rules.ts";

export type NotifierOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly region: string;
  readonly topics: Publisher;
};

const s3: Principal = { kind: "service", name: "s3.amazonaws.com" };

/** The errors of a topic that does not let S3 in. */
const denials = ["AuthorizationError", "KMSAccessDenied"];

/** Tells topics what happens in buckets. */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /**
   * Traces the change, and publishes it to the topic of every rule that it falls under. An event that
   * a topic does not take is lost, as on AWS; the trace says why.
   */
  notify(change: Change): void {
    const { clock, region, trace } = this.#options;
    const { bucket, eventName, key, requester } = change;
    const event = requester.event ?? requester.requestId;
    trace.record(event, requester.callerArn, bucket.arn, { kind: "stored", key, eventName });
    for (const rule of matchingRules(bucket.notification, eventName, key)) {
      const message = eventMessage(change, { time: clock.now(), region, ruleId: rule.id });
      const failure = this.#publish(bucket, rule.topicArn, message, event);
      if (failure === undefined) continue;
      const kind = denials.includes(failure.code) ? "denied" : "dropped";
      trace.record(event, bucket.arn, rule.topicArn, { kind, reason: failure.message });
    }
  }

  /**
   * Sends each topic a test event, as S3 does before it takes new rules.
   * @throws S3Error InvalidArgument, naming every topic that does not take it
   */
  sendTestEvents(bucket: Bucket, rules: readonly NotificationRule[], requester: Requester): void {
    const message = testMessage(bucket.name, requester, this.#options.clock.now());
    const topics = new Set(rules.map(({ topicArn }) => topicArn));
    const problems = [...topics].flatMap((topicArn) => {
      if (topicArn.endsWith(".fifo")) return { topicArn, problem: fifoProblem };
      const failure = this.#publish(bucket, topicArn, message, requester.requestId);
      return failure === undefined ? [] : { topicArn, problem: problemOf(failure) };
    });
    if (problems.length > 0) throw destinationsNotValid(problems);
  }

  /** @returns the topic's refusal, if it refuses */
  #publish(bucket: Bucket, topicArn: string, message: string, event: string): AwsError | undefined {
    const context = {
      "aws:SourceArn": bucket.arn,
      "aws:SourceAccount": account,
      "aws:SecureTransport": "true",
    };
    const publication = { message, subject, by: s3, context, event, from: bucket.arn };
    try {
      this.#options.topics.publish(topicArn, publication);
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  }
}

const fifoProblem = "FIFO topics are not supported: use a standard topic";

function problemOf(failure: AwsError): string {
  if (failure.code === "NotFound") return "The destination topic does not exist";
  return `Permissions on the destination topic do not allow S3 to publish notifications from this bucket: ${failure.message}`;
}

function destinationsNotValid(
  problems: readonly { readonly topicArn: string; readonly problem: string }[],
): S3Error {
  const details = problems.flatMap(({ topicArn, problem }, index) => [
    [`ArgumentName${index + 1}`, topicArn],
    [`ArgumentValue${index + 1}`, problem],
  ]);
  return new S3Error(
    "InvalidArgument",
    "Unable to validate the following destination configurations",
    { details: Object.fromEntries(details) },
  );
}
