import { queueLimits } from "../../aws/limits.ts";
import { advisedVisibilityTimeout } from "../consumers/visibilityTimeout.ts";
import { type ConsumerFacts, knownVisibilityTimeout } from "./facts.ts";
import { grouped, known, type Rule, range } from "./rule.ts";

const createQueue =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html";
const deadLetterQueues =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html";
const withLambda = "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html";

const fourteenDays = queueLimits.retentionSeconds.max;

/** Rules about a consumer's queue and its dead-letter queue. */
export const queueRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "kind, fifo",
    rule: "a FIFO topic delivers only to SQS",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
    check: ({ topic, spec, queue }) =>
      topic.fifo && !queue
        ? `a FIFO topic delivers only to SQS; use a queue with a handler instead of kind "${spec.kind}"`
        : undefined,
  },
  {
    about: "fifo",
    rule: "a FIFO queue requires a FIFO topic",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
    check: ({ topic, fifoQueue }) =>
      fifoQueue && !topic.fifo
        ? "a FIFO queue requires a FIFO topic; set `fifo: true` on the topic, or remove it here"
        : undefined,
  },
  {
    about: "fifo",
    rule: "a standard queue on a FIFO topic loses order and deduplication",
    severity: "warning",
    source: "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html",
    check: ({ topic, queue }) =>
      topic.fifo && queue?.fifo === false
        ? "a standard queue on a FIFO topic receives messages out of order, and some of them twice"
        : undefined,
  },
  {
    about: "fairness",
    rule: "only for a new standard queue of a standard topic: FIFO queues have no noisy groups, and a FIFO topic does not pass its groups to standard queues",
    severity: "error",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html",
    check: ({ topic, queue }) => {
      if (!queue?.fairness) return undefined;
      if (topic.fifo) {
        return "fairness is for standard topics: a FIFO topic orders its message groups, and does not pass them to standard queues; remove it";
      }
      return queue.existingQueueArn !== undefined
        ? "fairness has no effect on an existing queue, which is not monitored; remove it"
        : undefined;
    },
  },
  range({
    about: "delaySeconds",
    ...queueLimits.delaySeconds,
    unit: "seconds",
    source: createQueue,
    value: ({ queue }) => queue?.delaySeconds,
  }),
  range({
    about: "visibilityTimeoutSeconds",
    ...queueLimits.visibilityTimeoutSeconds,
    unit: "seconds",
    source: createQueue,
    value: ({ queue }) => queue?.visibilityTimeoutSeconds,
  }),
  range({
    about: "retentionSeconds",
    ...queueLimits.retentionSeconds,
    unit: "seconds",
    source: createQueue,
    value: ({ queue }) => queue?.retentionSeconds,
  }),
  {
    about: "retentionSeconds",
    rule: "longer than delaySeconds: a message would expire before it becomes visible",
    severity: "error",
    source: createQueue,
    check: ({ queue }) => {
      const kept = known(queue?.retentionSeconds ?? queueLimits.retentionSeconds.default);
      const delay = known(queue?.delaySeconds ?? 0);
      return kept !== undefined && delay !== undefined && delay >= kept
        ? `retentionSeconds (${kept}) must be longer than delaySeconds (${delay}): a message would expire before it becomes visible`
        : undefined;
    },
  },
  {
    about: "retentionSeconds",
    rule: "longer than visibilityTimeoutSeconds: a message that was received once would expire before it is received again",
    severity: "warning",
    source: createQueue,
    check: (facts) => {
      const kept = known(facts.queue?.retentionSeconds ?? queueLimits.retentionSeconds.default);
      const hidden = knownVisibilityTimeout(facts);
      return kept !== undefined && hidden !== undefined && hidden >= kept
        ? `retentionSeconds (${grouped(kept)}) is not longer than visibilityTimeoutSeconds (${grouped(hidden)}): a message that fails once expires before it is received again, and does not reach the dead-letter queue`
        : undefined;
    },
  },
  range({
    about: "deadLetter.retentionSeconds",
    min: 60,
    max: fourteenDays,
    unit: "seconds",
    source: createQueue,
    value: ({ queue }) => queue?.deadLetter?.retentionSeconds,
  }),
  {
    about: "deadLetter.retentionSeconds",
    rule: "longer than the queue's own, unless that is 14 days: on a standard queue a message keeps its age when it moves",
    severity: "error",
    source: deadLetterQueues,
    check: ({ queue, fifoQueue }) => {
      const own = known(queue?.retentionSeconds ?? queueLimits.retentionSeconds.default);
      const dead = known(queue?.deadLetter?.retentionSeconds ?? fourteenDays);
      if (!queue || fifoQueue || own === undefined || dead === undefined) return undefined;
      if (dead > own || dead === fourteenDays) return undefined;
      return `deadLetter.retentionSeconds (${grouped(dead)}) must be longer than the queue's own (${grouped(own)}): a message keeps its age when it moves`;
    },
  },
  range({
    about: "maxReceiveCount",
    min: 1,
    max: 1000,
    source: deadLetterQueues,
    value: ({ queue }) => queue?.maxReceiveCount,
  }),
  {
    about: "maxReceiveCount",
    rule: "5 or more with a handler: each throttled batch is a receive too",
    severity: "warning",
    source: withLambda,
    check: ({ queue }) => {
      const given = known(queue?.maxReceiveCount);
      return queue?.handler !== undefined && given !== undefined && given < 5
        ? `maxReceiveCount below 5 (given ${given}) moves valid messages to the dead-letter queue when Lambda throttles`
        : undefined;
    },
  },
  {
    about: "visibilityTimeoutSeconds",
    rule: "not shorter than the function's timeout",
    severity: "error",
    source: withLambda,
    check: ({ queue, timeoutSeconds }) => {
      const given = known(queue?.visibilityTimeoutSeconds);
      return given !== undefined && timeoutSeconds !== undefined && given < timeoutSeconds
        ? `visibilityTimeoutSeconds (${given}) must not be shorter than the function's timeout (${timeoutSeconds})`
        : undefined;
    },
  },
  {
    about: "visibilityTimeoutSeconds",
    rule: "6 x the function's timeout + the batch window, or more",
    severity: "warning",
    source: withLambda,
    check: ({ queue, timeoutSeconds }) => {
      const given = known(queue?.visibilityTimeoutSeconds);
      const window = known(queue?.batchWindowSeconds ?? 0);
      if (given === undefined || timeoutSeconds === undefined || window === undefined)
        return undefined;
      const advised = advisedVisibilityTimeout(timeoutSeconds, window);
      return given >= timeoutSeconds && given < advised
        ? `visibilityTimeoutSeconds (${given}) is below 6 x timeout + window (${advised}): a slow or throttled batch is received again while it is processed`
        : undefined;
    },
  },
];
