import { provisionedScaling, queueScaling } from "../../aws/scaling.ts";
import { mostConcurrent, type Quota, quotasOf } from "./quotas.ts";
import type { Scenario } from "./scenario.ts";

/** One consumer at the end of a second. */
export type Moment = {
  /** Seconds since the load began. */
  readonly second: number;
  /** Batches that Lambda processes at once. */
  readonly concurrency: number;
  /** Messages that wait in the queue. */
  readonly backlog: number;
  /** Messages handled in this second. */
  readonly handled: number;
  /** How long a message that is handled now has waited, with its invocation, in seconds. */
  readonly latency: number;
};

/**
 * Simulates one of a scenario's consumers second by second, from an idle queue on. Publishers are throttled at the
 * quota of publications, and repeat later what was rejected.
 *
 * Lambda begins with five batches at once. As long as messages are left it adds up to 300 a minute, or with
 * provisioned pollers up to 1,000, until a maximum is reached; when none are left it keeps what the rate needs.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 *
 * @param seconds how long the load lasts
 */
export function simulate(scenario: Scenario, seconds: number): Moment[] {
  const perInvocation = (scenario.batchSize * 1000) / scenario.milliseconds;
  const arrivals = Math.min(scenario.perSecond, limitOf("publishing", scenario));
  const { initial, addedPerSecond } = scalingOf(scenario);
  const most = mostConcurrent(scenario);
  const passing = limitOf("passing", scenario);
  const moments: Moment[] = [];
  let concurrency = Math.min(initial, most);
  let backlog = 0;
  for (let second = 1; second <= seconds; second++) {
    const waiting = backlog + arrivals;
    const handled = Math.min(waiting, concurrency * perInvocation, passing);
    backlog = waiting - handled;
    const waits = handled === 0 ? 0 : backlog / handled;
    const latency =
      waits + gathering(scenario, arrivals, concurrency) + scenario.milliseconds / 1000;
    moments.push({ second, concurrency: Math.round(concurrency), backlog, handled, latency });
    if (backlog > 0) concurrency = Math.min(most, concurrency + addedPerSecond);
    else concurrency = Math.max(Math.min(initial, most), Math.ceil(handled / perInvocation));
  }
  return moments;
}

function scalingOf({ pollers }: Scenario) {
  return pollers === undefined
    ? { initial: queueScaling.initial, addedPerSecond: queueScaling.addedPerMinute / 60 }
    : {
        initial: pollers.minimum * provisionedScaling.concurrencyOfPoller,
        addedPerSecond: provisionedScaling.addedPerMinute / 60,
      };
}

/** How long it takes until a batch is full, or its window ends, in seconds. */
function gathering(scenario: Scenario, perSecond: number, concurrency: number): number {
  const { windowSeconds = 0, batchSize } = scenario;
  return Math.min(windowSeconds, (batchSize * concurrency) / perSecond);
}

/** The lowest of the quotas of a kind, in messages a second. */
function limitOf(kind: Quota["of"], scenario: Scenario): number {
  const quotas = quotasOf(scenario).filter((quota) => quota.of === kind);
  return Math.min(...quotas.map(({ perSecond }) => perSecond));
}
