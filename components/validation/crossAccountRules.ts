import type { Input } from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { didYouMean } from "../../aws/nearest.ts";
import { knownRegions, regionsAsOf } from "../../aws/regions.ts";
import { undeliverable } from "../../aws/snsRegions.ts";
import { isExistingFunction } from "../consumers/existingFunction.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import { accountId, addresses, formProblem, region } from "./addresses.ts";
import type { ConsumerFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const crossAccount =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html";
const crossRegion = "https://docs.aws.amazon.com/sns/latest/dg/sns-cross-region-delivery.html";
const fifoDelivery = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html";

/** Settings that an existing queue has already. */
const settingsOfTheQueue = [
  "delaySeconds",
  "visibilityTimeoutSeconds",
  "retentionSeconds",
  "maxReceiveCount",
  "deadLetter",
] as const satisfies readonly (keyof QueueConsumerSpec)[];

/** Rules about queues in other accounts and regions, and existing queues. */
export const crossAccountRules: readonly Rule<ConsumerFacts>[] = [
  {
    about: "account",
    rule: "12 digits",
    severity: "error",
    source: crossAccount,
    check: ({ queue }) => formProblem("account", accountId, queue?.account),
  },
  {
    about: "region",
    rule: region.what,
    severity: "error",
    source: "https://docs.aws.amazon.com/general/latest/gr/sqs-service.html",
    check: (facts) => formProblem("region", region, regionOf(facts)),
  },
  {
    about: "region",
    rule: `one of those known on ${regionsAsOf}`,
    severity: "warning",
    source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
    check: (facts) => {
      const given = known(regionOf(facts));
      return given !== undefined && region.pattern.test(given) && !knownRegions.includes(given)
        ? `region ${show(given)} is not among those known on ${regionsAsOf}${didYouMean(given, knownRegions)}`
        : undefined;
    },
  },
  {
    about: "region, existingTopicArn",
    rule: "in the topic's partition: SNS does not deliver to another one",
    severity: "error",
    source: crossRegion,
    check: (facts) => {
      const target = known(regionOf(facts));
      const topic = known(facts.topic.args.existingTopicArn);
      return target === undefined || topic === undefined
        ? undefined
        : undeliverable(arnParts(topic).region, target);
    },
  },
  {
    about: "region, encryption",
    rule: "new queues that use the topic's key are in the topic's region: a key is regional",
    severity: "error",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html",
    check: ({ topic, queue, direct }) => {
      const { encryption = "none" } = topic.args;
      const place =
        (queue?.existingQueueArn === undefined ? queue?.region : undefined) ??
        (direct && !isExistingFunction(direct.handler) ? direct.region : undefined);
      return encryption === "none" || place === undefined
        ? undefined
        : `region: the topic's key exists in the topic's region only, and queues in another region cannot use it; remove region if it is the topic's, subscribe an existing queue there, or use another topic without encryption (given region ${regionName(place)})`;
    },
  },
  {
    about: "account, provider",
    rule: "requires a provider for the account: a subscription by anyone but the queue's owner stays pending",
    severity: "error",
    source: crossAccount,
    check: ({ queue }) =>
      queue?.account !== undefined && queue.provider === undefined
        ? `account requires a provider for it: new aws.Provider("${queue.name}", { assumeRoles: [...] })`
        : undefined,
  },
  {
    about: "existingQueueArn",
    rule: addresses.sqs.what,
    severity: "error",
    source: crossAccount,
    check: ({ queue }) => formProblem("existingQueueArn", addresses.sqs, queue?.existingQueueArn),
  },
  {
    about: "existingQueueArn",
    rule: "without settings of the queue, which are not changed",
    severity: "error",
    source: "An existing queue is not changed.",
    check: ({ queue }) =>
      queue?.existingQueueArn === undefined
        ? undefined
        : settingsOfTheQueue
            .filter((field) => queue[field] !== undefined)
            .map((field) => `${field} belongs to the queue's owner; remove it`),
  },
  {
    about: "existingQueueArn, fifo",
    rule: "a FIFO queue's name ends with .fifo",
    severity: "error",
    source: fifoDelivery,
    check: ({ queue }) => {
      const arn = known(queue?.existingQueueArn);
      return arn !== undefined && queue?.fifo !== undefined && queue.fifo !== arn.endsWith(".fifo")
        ? `fifo is ${queue.fifo}, but the queue is ${arn.endsWith(".fifo") ? "" : "not "}FIFO by its name (given ${show(arn)})`
        : undefined;
    },
  },
  {
    about: "existingQueueArn, region",
    rule: "the region is the queue's, in which the function polls it",
    severity: "error",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html",
    check: ({ queue }) => {
      const arn = known(queue?.existingQueueArn);
      const given = known(queue?.region);
      const own = arn === undefined ? undefined : arnParts(arn).region;
      return given !== undefined && own !== undefined && given !== own
        ? `region is ${given}, but the queue is in ${own}; remove region: it defaults to the queue's`
        : undefined;
    },
  },
  {
    about: "existingQueueArn, account",
    rule: "the account is the queue's",
    severity: "error",
    source: crossAccount,
    check: ({ queue }) => {
      const arn = known(queue?.existingQueueArn);
      if (arn === undefined || queue?.account === undefined) return undefined;
      const { account } = arnParts(arn);
      return account !== queue.account
        ? `account is ${queue.account}, but the queue is in ${account}`
        : undefined;
    },
  },
];

function regionOf({ queue, direct }: ConsumerFacts): Input<string> | undefined {
  return queue?.region ?? direct?.region;
}

function regionName(region: Input<string>): string {
  const name = known(region);
  return name === undefined ? "as an Output" : show(name);
}
