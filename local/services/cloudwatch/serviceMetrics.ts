import { parseArn } from "../../../aws/arn.ts";
import type { Clock } from "../../time/clock.ts";
import type { Hop } from "../../trace/hop.ts";
import type { Trace } from "../../trace/trace.ts";
import type { EndedInvocation } from "../lambda/interface.ts";
import type { MeasuredQueues } from "../sqs/interface.ts";
import type { MetricId } from "./metric.ts";
import type { Metrics } from "./metrics.ts";
import { queueGauges } from "./queueGauges.ts";
import type { Series } from "./series.ts";

type Sources = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly queues: MeasuredQueues;
  readonly functions: { listen(listener: (ended: EndedInvocation) => void): () => void };
};

/**
 * How often a queue is measured at most while messages pass, in milliseconds of cloud time: to count a large backlog
 * takes a while.
 */
const gaugeInterval = 60_000;
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
  /** By ARN and name. */
  readonly #known = new Map<string, Map<string, Series>>();

  constructor(metrics: Metrics, sources: Sources) {
    this.#metrics = metrics;
    this.#sources = sources;
    sources.trace.listen((hop) => this.#note(hop));
    sources.functions.listen((ended) => this.#noteInvocation(ended));
    sources.queues.onDelete((arn) =>
      this.#count(arn, "NumberOfMessagesDeleted", sources.clock.now()),
    );
  }

  /** Measures the state of every queue now. */
  measureQueues(): void {
    for (const { arn } of this.#sources.queues.list()) this.#measure(arn);
  }

  #note(hop: Hop): void {
    this.#countForTopic(hop);
    switch (hop.kind) {
      case "queued":
        this.#count(hop.to, "NumberOfMessagesSent", hop.time);
        this.#measureAtTimes(hop.to, hop.time);
        break;
      case "received":
        this.#count(hop.from, "NumberOfMessagesReceived", hop.time);
        this.#measureAtTimes(hop.from, hop.time);
        break;
      case "deadLettered":
        this.#measureAtTimes(hop.to, hop.time);
        break;
    }
  }

  #countForTopic(hop: Hop): void {
    const topic = hop.kind === "published" ? hop.to : hop.from;
    if (!topic.startsWith("arn:aws:sns:")) return;
    for (const name of countsOf(hop)) this.#count(topic, name, hop.time);
    if (hop.kind === "published") {
      const bytes = Buffer.byteLength(hop.body);
      this.#series(topic, "PublishSize", "Bytes").add(bytes, hop.time);
    }
    if (hop.kind === "invoked" && this.#isFirst(hop.requestId)) {
      this.#count(topic, "NumberOfNotificationsDelivered", hop.time);
    }
  }

  #noteInvocation(ended: EndedInvocation): void {
    const { functionArn, outcome } = ended;
    const now = this.#sources.clock.now();
    this.#count(functionArn, "Throttles", now, outcome === "throttled" ? 1 : 0);
    if (outcome === "throttled") return;
    this.#count(functionArn, "Invocations", now);
    this.#count(functionArn, "Errors", now, outcome === "failed" ? 1 : 0);
    this.#series(functionArn, "Duration", "Milliseconds").add(ended.milliseconds, now);
  }

  /** The attempts of an asynchronous invocation are one delivery. */
  #isFirst(requestId: string): boolean {
    if (this.#requests.has(requestId)) return false;
    if (this.#requests.size >= mostRequests) this.#requests.clear();
    this.#requests.add(requestId);
    return true;
  }

  #count(arn: string, name: string, time: number, value = 1): void {
    this.#series(arn, name, "Count").add(value, time);
  }

  /** Kept by ARN: to look a metric up takes several times as long as to count. */
  #series(arn: string, name: string, unit: string): Series {
    const ofResource = this.#known.get(arn) ?? new Map<string, Series>();
    this.#known.set(arn, ofResource);
    const series = ofResource.get(name) ?? this.#metrics.series(metricOf(arn, name), unit);
    ofResource.set(name, series);
    return series;
  }

  #measureAtTimes(arn: string, now: number): void {
    const before = this.#measured.get(arn) ?? Number.NEGATIVE_INFINITY;
    if (now - before >= gaugeInterval) this.#measure(arn);
  }

  #measure(arn: string): void {
    if (this.#sources.queues.find(arn) === undefined) return;
    const now = this.#sources.clock.now();
    this.#measured.set(arn, now);
    for (const { name, value, unit } of queueGauges(this.#sources.queues.counts(arn))) {
      this.#series(arn, name, unit).add(value, now);
    }
  }
}

/** What a step of a topic counts for, each once. */
function countsOf(hop: Hop): readonly string[] {
  switch (hop.kind) {
    case "published":
      return ["NumberOfMessagesPublished"];
    case "queued":
    case "sent":
      return ["NumberOfNotificationsDelivered"];
    case "filtered":
      return ["NumberOfNotificationsFilteredOut"];
    case "deadLettered":
      return ["NumberOfNotificationsFailed", "NumberOfNotificationsRedrivenToDlq"];
    case "dropped":
      return hop.redriveFailed
        ? ["NumberOfNotificationsFailed", "NumberOfNotificationsFailedToRedriveToDlq"]
        : ["NumberOfNotificationsFailed"];
    default:
      return [];
  }
}

const namespaces: Readonly<Record<string, readonly [namespace: string, dimension: string]>> = {
  lambda: ["AWS/Lambda", "FunctionName"],
  sns: ["AWS/SNS", "TopicName"],
  sqs: ["AWS/SQS", "QueueName"],
};

/** The metric of a queue, a topic or a function; of its versions and aliases that of the function. */
function metricOf(arn: string, name: string): MetricId {
  const { service = "", resource = "" } = parseArn(arn) ?? {};
  const [namespace, dimension] = namespaces[service] ?? ["AWS", "Resource"];
  const [, functionName] = /^function:([^:]+)/.exec(resource) ?? [];
  return { namespace, name, dimensions: { [dimension]: functionName ?? resource } };
}
