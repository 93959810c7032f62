import { queueLimits } from "../../aws/limits.ts";
import { handlerArgs } from "../consumers/consumerFunction.ts";
import { isExistingFunction } from "../consumers/existingFunction.ts";
import { defaultMaxReceiveCount } from "../consumers/queues.ts";
import { backoffDefaults, longestInFlight } from "../consumers/retries.ts";
import { isPython } from "../handlerArgs.ts";
import { type ConsumerFacts, knownVisibilityTimeout } from "./facts.ts";
import { grouped, known, type Rule, range } from "./rule.ts";

const visibility =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html";
const createQueue =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html";

/** Rules about the retries of a queue's failed messages. */
export const retryRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "retries",
    rule: "only with a handler in TypeScript or JavaScript, on a queue that the component creates: handleBatch and handleFifoBatch read their settings in the function's environment",
    severity: "error",
    source: visibility,
    check: ({ queue }) => {
      if (queue?.retries === undefined) return undefined;
      if (queue.existingQueueArn !== undefined) {
        return "retries does not apply to an existing queue, whose dead-letter queue is not known; remove it";
      }
      if (queue.handler === undefined) {
        return "retries has no effect without a handler; add one, or remove it";
      }
      if (isExistingFunction(queue.handler)) {
        return "retries does not apply to an existing function, whose environment is not changed; use the path of its entry file";
      }
      return isPython(handlerArgs(queue.handler).entry)
        ? "retries does not apply to a handler in Python: handleBatch and handleFifoBatch, which delay retries and move permanent errors, are for TypeScript and JavaScript; remove it, and call ChangeMessageVisibility or SendMessage in the handler, with the rights in handler.permissions"
        : undefined;
    },
  },
  range({
    about: "retries.backoff.first",
    min: 1,
    max: longestInFlight,
    unit: "seconds",
    source: visibility,
    value: ({ queue }) => queue?.retries?.backoff?.first,
  }),
  range({
    about: "retries.backoff.factor",
    min: 1,
    max: 10,
    source: "A delay that grows faster reaches any maximum after a few retries.",
    value: ({ queue }) => queue?.retries?.backoff?.factor,
  }),
  {
    about: "retries.backoff.maximum",
    rule: "not below `first`, and at most 43,200 seconds less the visibility timeout: SQS allows 12 hours in flight",
    severity: "error",
    source: visibility,
    check: (facts) => {
      const backoff = backoffOf(facts);
      if (backoff === undefined) return undefined;
      const { first, maximum } = backoff;
      const hidden = knownVisibilityTimeout(facts);
      return [
        ...(maximum < first
          ? [
              `retries.backoff.maximum (${grouped(maximum)}) is below first (${grouped(first)}); raise it`,
            ]
          : []),
        ...(hidden !== undefined && maximum + hidden > longestInFlight
          ? [
              `retries.backoff.maximum must be at most ${grouped(longestInFlight - hidden)} seconds (given ${grouped(maximum)}): with the visibility timeout of ${grouped(hidden)}, a message would be in flight for more than SQS's 12 hours`,
            ]
          : []),
      ];
    },
  },
  {
    about: "retries.backoff",
    rule: "with a maxReceiveCount of 2 or more, and delays that end within the queue's retention",
    severity: "error",
    source: createQueue,
    check: (facts) => {
      const backoff = backoffOf(facts);
      const receives = known(facts.queue?.maxReceiveCount ?? defaultMaxReceiveCount);
      const kept = known(facts.queue?.retentionSeconds ?? queueLimits.retentionSeconds.default);
      if (backoff === undefined || receives === undefined || kept === undefined) return undefined;
      if (receives === 1) {
        return "retries.backoff has no effect with maxReceiveCount 1, which allows no retry; raise it";
      }
      const total = totalDelay(backoff, receives - 1);
      return total >= kept
        ? `retries.backoff delays ${receives - 1} retries by ${grouped(total)} seconds in all, and retentionSeconds is ${grouped(kept)}: a message would expire before it reaches the dead-letter queue; lower maximum or maxReceiveCount, or raise retentionSeconds`
        : undefined;
    },
  },
];

type KnownBackoff = { readonly first: number; readonly factor: number; readonly maximum: number };

/** Undefined without a backoff, or if a value of it is not known. */
function backoffOf({ queue }: ConsumerFacts): KnownBackoff | undefined {
  const given = queue?.retries?.backoff;
  const first = known(given?.first);
  const factor = known(given?.factor ?? backoffDefaults.factor);
  const maximum = known(given?.maximum ?? backoffDefaults.maximum);
  if (first === undefined || factor === undefined || maximum === undefined) return undefined;
  return { first, factor, maximum };
}

/** Without jitter, which shortens delays. */
function totalDelay({ first, factor, maximum }: KnownBackoff, retries: number): number {
  const delays = Array.from({ length: retries }, (_, index) =>
    Math.min(first * factor ** index, maximum),
  );
  return delays.reduce((sum, delay) => sum + delay, 0);
}
