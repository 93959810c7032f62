import { queueLimits } from "../../aws/limits.ts";
import {
  fifoCallsPerSecond,
  fifoGroupPerSecond,
  fifoPublishesPerSecond,
  provisionedScaling,
  publishesPerSecond,
  queueScaling,
} from "../../aws/scaling.ts";
import type { Scenario } from "./scenario.ts";

/** Something that limits how many messages a second a scenario can carry for good. */
export type Quota = {
  /** What it limits: what a topic accepts, what a queue passes on, or how many batches are processed at once. */
  readonly of: "publishing" | "passing" | "concurrency";
  readonly name: string;
  /** Messages a second to the topic at which it is reached. */
  readonly perSecond: number;
  readonly remedy: string;
};

/** The quotas of a scenario, the one that ends it first at the front. */
export function quotasOf(scenario: Scenario): Quota[] {
  const quotas = [
    publishing(scenario),
    accountConcurrency(scenario),
    mappingConcurrency(scenario),
    ...(scenario.pollers === undefined
      ? []
      : [pollerBandwidth(scenario, scenario.pollers.maximum)]),
    ...(scenario.fifo ? fifoQuotas(scenario) : [inFlight(scenario)]),
  ];
  return quotas.sort((a, b) => a.perSecond - b.perSecond);
}

/** Batches at once of one mapping at most. */
export function mostConcurrent(scenario: Scenario): number {
  const { maximumConcurrency, pollers, fifo, groups, accountConcurrency, consumers } = scenario;
  const own =
    pollers === undefined
      ? (maximumConcurrency ?? queueScaling.maximum)
      : pollers.maximum * provisionedScaling.concurrencyOfPoller;
  const ofAccount = Math.floor(accountConcurrency / consumers);
  return Math.max(1, Math.min(own, ofAccount, fifo ? groups : Number.POSITIVE_INFINITY));
}

/** Messages a second of one batch at a time. */
function perInvocation({ batchSize, milliseconds }: Scenario): number {
  return (batchSize * 1000) / milliseconds;
}

function publishing({ fifo, highThroughput, region, publishQuota }: Scenario): Quota {
  return fifo && highThroughput !== true
    ? {
        of: "publishing",
        name: "publications to FIFO topics",
        perSecond: fifoPublishesPerSecond,
        remedy:
          "set `fifo: { highThroughput: true }` and request a higher quota of SNS for the account",
      }
    : {
        of: "publishing",
        name: `publications of the account in ${region}`,
        perSecond: publishQuota ?? publishesPerSecond(region),
        remedy: "request a higher quota of SNS, or spread the publishers over regions or accounts",
      };
}

function accountConcurrency(scenario: Scenario): Quota {
  return {
    of: "concurrency",
    name: "concurrent invocations of the account",
    perSecond: (scenario.accountConcurrency / scenario.consumers) * perInvocation(scenario),
    remedy: "request a higher quota of Lambda, take larger batches, or make the handler faster",
  };
}

function mappingConcurrency(scenario: Scenario): Quota {
  const { pollers, maximumConcurrency } = scenario;
  const unlimited = { ...scenario, accountConcurrency: Number.POSITIVE_INFINITY, fifo: false };
  const perSecond = mostConcurrent(unlimited) * perInvocation(scenario);
  if (pollers !== undefined) {
    const remedy = "raise `provisionedPollers.maximum`, or take larger batches";
    const name = "invocations of the provisioned pollers";
    return { of: "concurrency", name, perSecond, remedy };
  }
  return maximumConcurrency === undefined
    ? {
        of: "concurrency",
        name: "concurrent batches of an event source mapping",
        perSecond,
        remedy: "use `provisionedPollers`, take larger batches, or make the handler faster",
      }
    : {
        of: "concurrency",
        name: "`maxConcurrency` of the consumer",
        perSecond,
        remedy: "raise `maxConcurrency`, or leave it out",
      };
}

function pollerBandwidth({ bytes }: Scenario, maximum: number): Quota {
  return {
    of: "passing",
    name: "bandwidth of the provisioned pollers",
    perSecond: (maximum * provisionedScaling.bytesPerSecondOfPoller) / bytes,
    remedy: "raise `provisionedPollers.maximum`, or send smaller messages",
  };
}

function inFlight({ milliseconds }: Scenario): Quota {
  return {
    of: "passing",
    name: "messages of a queue in flight",
    perSecond: (queueLimits.messagesInFlight * 1000) / milliseconds,
    remedy: "make the handler faster, or spread the messages over several queues",
  };
}

function fifoQuotas(scenario: Scenario): Quota[] {
  const { groups, highThroughput } = scenario;
  const calls: Quota = {
    of: "passing",
    name: "calls to a FIFO queue",
    perSecond: fifoCallsPerSecond * 10,
    remedy: "set `fifo: { highThroughput: true }`, so that the quota counts for each group",
  };
  return [
    ...(highThroughput === true ? [] : [calls]),
    {
      of: "passing",
      name: "messages of the message groups",
      perSecond: groups * fifoGroupPerSecond,
      remedy: "use more message groups",
    },
    {
      of: "concurrency",
      name: "one batch at a time for each message group",
      perSecond: groups * perInvocation(scenario),
      remedy: "use more message groups, or make the handler faster",
    },
  ];
}
