import { account } from "../../arn.ts";
import { AwsError } from "../../awsError.ts";
import type { Clock } from "../../clock.ts";
import type { Authorize, Principal } from "../../permissions/access.ts";
import type { Publication, Published } from "../../topics/publication.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Bucket } from "../bucket.ts";
import { S3Error } from "../s3Error.ts";
import type { Change, Requester } from "./change.ts";
import { eventMessage, subject, testMessage } from "./message.ts";
import { matchingRules, type NotificationRule } from "./rule.ts";

/** What S3 needs of the topics. */
export type NotificationTopics = {
  find(topicArn: string): unknown;
  /** @throws AwsError when the topic is gone, or its policy or its key's does not let S3 in */
  publish(topicArn: string, publication: Publication): Published;
};

export type NotifierOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly region: string;
  readonly authorize: Authorize;
  readonly topics: NotificationTopics;
};

const s3: Principal = { kind: "service", name: "s3.amazonaws.com" };

/** Tells topics what happens in buckets. */
export class Notifier {
  readonly #options: NotifierOptions;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /** Traces the change, and publishes it to the topic of every rule that it falls under. */
  notify(change: Change): void {
    const { clock, region, trace } = this.#options;
    const { bucket, eventName, key, requester } = change;
    const event = requester.event ?? requester.requestId;
    trace.record(event, requester.callerArn, bucket.arn, { kind: "stored", key, eventName });
    for (const rule of matchingRules(bucket.notification, eventName, key)) {
      const message = eventMessage(change, { time: clock.now(), region, ruleId: rule.id });
      this.#publish(bucket, rule.topicArn, message, event);
    }
  }

  /**
   * What S3 does before it takes new rules: each topic must exist, and let this bucket publish.
   * @throws S3Error InvalidArgument, naming every topic that does not
   */
  checkTopics(bucket: Bucket, rules: readonly NotificationRule[]): void {
    const topics = new Set(rules.map(({ topicArn }) => topicArn));
    const problems = [...topics].flatMap((topicArn) => {
      const problem = this.#problemOf(bucket, topicArn);
      return problem === undefined ? [] : { topicArn, problem };
    });
    if (problems.length === 0) return;
    const details = problems.flatMap(({ topicArn, problem }, index) => [
      [`ArgumentName${index + 1}`, topicArn],
      [`ArgumentValue${index + 1}`, problem],
    ]);
    throw new S3Error(
      "InvalidArgument",
      "Unable to validate the following destination configurations",
      { details: Object.fromEntries(details) },
    );
  }

  sendTestEvents(bucket: Bucket, rules: readonly NotificationRule[], requester: Requester): void {
    for (const topicArn of new Set(rules.map((rule) => rule.topicArn))) {
      const message = testMessage(bucket.name, requester, this.#options.clock.now());
      this.#publish(bucket, topicArn, message, requester.requestId);
    }
  }

  #problemOf(bucket: Bucket, topicArn: string): string | undefined {
    const { topics, authorize } = this.#options;
    if (topicArn.endsWith(".fifo")) return "FIFO topics are not supported: use a standard topic";
    if (topics.find(topicArn) === undefined) return "The destination topic does not exist";
    const decision = authorize({
      principal: s3,
      action: "sns:Publish",
      resource: topicArn,
      context: contextOf(bucket),
    });
    if (decision.allowed) return undefined;
    return `Permissions on the destination topic do not allow S3 to publish notifications from this bucket: ${decision.reason}`;
  }

  /** A publish that fails is lost, as on AWS; the trace says why. */
  #publish(bucket: Bucket, topicArn: string, message: string, event: string): void {
    const { topics, trace } = this.#options;
    const publication = {
      message,
      subject,
      by: s3,
      context: contextOf(bucket),
      event,
      from: bucket.arn,
    };
    try {
      topics.publish(topicArn, publication);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const kind = error.status === 403 ? "denied" : "dropped";
      trace.record(event, bucket.arn, topicArn, { kind, reason: error.message });
    }
  }
}

function contextOf(bucket: Bucket): Readonly<Record<string, string>> {
  return {
    "aws:SourceArn": bucket.arn,
    "aws:SourceAccount": account,
    "aws:SecureTransport": "true",
  };
}
