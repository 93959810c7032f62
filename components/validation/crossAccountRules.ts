import { arnParts } from "../../aws/arn.ts";
import type { QueueConsumerSpec } from "../consumers/queueConsumer.ts";
import { accountId, addresses, formProblem, region } from "./addresses.ts";
import type { ConsumerFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const crossAccount =
  "https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html";
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
    check: ({ queue, direct }) => formProblem("region", region, queue?.region ?? direct?.region),
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
