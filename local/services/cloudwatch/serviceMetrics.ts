import { parseArn } from "../../../aws/arn.ts";
import type { Clock } from "../../time/clock.ts";
import type { Hop } from "../../trace/hop.ts";
import type { Trace } from "../../trace/trace.ts";
import type { EndedInvocation } from "../lambda/interface.ts";
import type { MeasuredQueues } from "../sqs/interface.ts";
import type { Metrics } from "./metrics.ts";
import { queueGauges } from "./queueGauges.ts";

type Sources = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly queues: MeasuredQueues;
  readonly functions: { listen(listener: (ended: EndedInvocation) => void): () => void };
};

/** How often a queue is measured at most while messages pass, in milliseconds of cloud time. */
const gaugeInterval = 1000;
/** Of how many asynchronous invocations it is known that they were delivered. */
const mostRequests = 10_000;

/**
 * Measures queues, topics and functions, as their services do for CloudWatch. What happens is counted when it
 * happens. The states of a queue are measured when something happens to it, and by `measureQueues`.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export class ServiceMetrics {
  readonly #metrics: Metrics;
  readonly #sources: Sources;
  readonly #measured = new Map<string, number>();
  readonly #requests = new Set<string>();

  constructor(metrics: Metrics, sources: Sources) {
    this.#metrics = metrics;
    this.#sources = sources;
    sources.trace.listen((hop) => this.#note(hop));
    sources.functions.listen((ended) => this.#noteInvocation(ended));
    sources.queues.onDelete((arn) => this.#ofQueue(arn, "NumberOfMessagesDeleted"));
  }

  /** Measures the state of every queue now. */
  measureQueues(): void {
    for (const { arn } of this.#sources.queues.list()) this.#measure(arn);
  }

  #note(hop: Hop): void {
    switch (hop.kind) {
      case "published":
        this.#ofTopic(hop.to, "NumberOfMessagesPublished");
        this.#ofTopic(hop.to, "PublishSize", Buffer.byteLength(hop.body), "Bytes");
        return;
      case "queued":
        this.#ofQueue(hop.to, "NumberOfMessagesSent");
        this.#ofTopic(hop.from, "NumberOfNotificationsDelivered");
        return this.#measureAtTimes(hop.to);
      case "received":
        this.#ofQueue(hop.from, "NumberOfMessagesReceived");
        return this.#measureAtTimes(hop.from);
      case "sent":
        return this.#ofTopic(hop.from, "NumberOfNotificationsDelivered");
      case "invoked":
        if (isTopic(hop.from) && this.#isFirst(hop.requestId)) {
          this.#ofTopic(hop.from, "NumberOfNotificationsDelivered");
        }
        return;
      case "filtered":
        return this.#ofTopic(hop.from, "NumberOfNotificationsFilteredOut");
      case "deadLettered":
        this.#ofTopic(hop.from, "NumberOfNotificationsFailed");
        this.#ofTopic(hop.from, "NumberOfNotificationsRedrivenToDlq");
        return this.#measureAtTimes(hop.to);
      case "dropped":
        this.#ofTopic(hop.from, "NumberOfNotificationsFailed");
        if (hop.redriveFailed) {
          this.#ofTopic(hop.from, "NumberOfNotificationsFailedToRedriveToDlq");
        }
        return;
    }
  }

  #noteInvocation(ended: EndedInvocation): void {
    const name = parseArn(ended.functionArn)?.resource.split(":")[1] ?? "";
    const add = (metric: string, value: number, unit = "Count") =>
      this.#metrics.add(
        { namespace: "AWS/Lambda", name: metric, dimensions: { FunctionName: name } },
        value,
        { unit },
      );
    if (ended.outcome === "throttled") return add("Throttles", 1);
    add("Throttles", 0);
    add("Invocations", 1);
    add("Errors", ended.outcome === "failed" ? 1 : 0);
    add("Duration", ended.milliseconds, "Milliseconds");
  }

  /** The attempts of an asynchronous invocation are one delivery. */
  #isFirst(requestId: string): boolean {
    if (this.#requests.has(requestId)) return false;
    if (this.#requests.size >= mostRequests) this.#requests.clear();
    this.#requests.add(requestId);
    return true;
  }

  /** Does nothing for what is not a topic. */
  #ofTopic(arn: string, name: string, value = 1, unit = "Count"): void {
    if (!isTopic(arn)) return;
    const dimensions = { TopicName: parseArn(arn)?.resource ?? "" };
    this.#metrics.add({ namespace: "AWS/SNS", name, dimensions }, value, { unit });
  }

  #ofQueue(arn: string, name: string, value = 1, unit = "Count"): void {
    const parts = parseArn(arn);
    if (parts?.service !== "sqs") return;
    const dimensions = { QueueName: parts.resource };
    this.#metrics.add({ namespace: "AWS/SQS", name, dimensions }, value, { unit });
  }

  #measureAtTimes(arn: string): void {
    const now = this.#sources.clock.now();
    const before = this.#measured.get(arn) ?? Number.NEGATIVE_INFINITY;
    if (now - before >= gaugeInterval) this.#measure(arn);
  }

  #measure(arn: string): void {
    if (this.#sources.queues.find(arn) === undefined) return;
    this.#measured.set(arn, this.#sources.clock.now());
    for (const { name, value, unit } of queueGauges(this.#sources.queues.counts(arn))) {
      this.#ofQueue(arn, name, value, unit);
    }
  }
}

function isTopic(arn: string): boolean {
  return arn.startsWith("arn:aws:sns:");
}
