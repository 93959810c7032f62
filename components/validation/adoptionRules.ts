import { type ExistingFunctionSpec, isExistingFunction } from "../consumers/existingFunction.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { formProblem, topicArn } from "./addresses.ts";
import type { TopicFacts } from "./facts.ts";
import { show } from "./problem.ts";
import { known, type Rule } from "./rule.ts";

const attributes = "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html";

/** Rules about an existing topic. */
export const adoptionRules: readonly Rule<TopicFacts>[] = [
  {
    about: "existingTopicArn",
    rule: topicArn.what,
    severity: "error",
    source: attributes,
    check: ({ args }) => formProblem("existingTopicArn", topicArn, args.existingTopicArn),
  },
  {
    about: "existingTopicArn, fifo",
    rule: "a FIFO topic's name ends with .fifo, and only then is fifo set",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
    check: ({ args, fifo }) => {
      const arn = known(args.existingTopicArn);
      if (arn === undefined || arn.endsWith(".fifo") === (fifo !== undefined)) return undefined;
      return fifo
        ? `fifo is set, but the topic is not FIFO by its name (given ${show(arn)})`
        : `the topic is FIFO by its name; set fifo (given ${show(arn)})`;
    },
  },
  {
    about: "existingTopicArn",
    rule: "without settings of the topic, which are not changed",
    severity: "error",
    source: attributes,
    check: ({ args, fifo }) =>
      args.existingTopicArn === undefined
        ? undefined
        : [
            args.encryption === "kms" && "set encryption to the topic's key, as { key }",
            fifo?.archiveDays !== undefined && "remove fifo.archiveDays",
            args.deliveryLogging && "remove deliveryLogging",
            args.transform?.topic !== undefined && "remove transform.topic",
            args.transform?.topicPolicy !== undefined && "remove transform.topicPolicy",
          ]
            .filter((problem) => typeof problem === "string")
            .map((problem) => `the settings of an existing topic are not changed; ${problem}`),
  },
  {
    about: "consumers[].endpoint, existingQueueArn, handler",
    rule: "unique: SNS has one subscription for a topic and an endpoint",
    severity: "error",
    source: "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
    check: ({ args }) => sharedEndpoints(args.consumers),
  },
];

function sharedEndpoints(consumers: FanoutTopicArgs["consumers"]): string[] {
  const owners = new Map<unknown, string>();
  return consumers.flatMap((consumer) => {
    const endpoint = endpointOf(consumer);
    if (endpoint === undefined) return [];
    const owner = owners.get(endpoint);
    owners.set(endpoint, owner ?? consumer.name);
    return owner === undefined
      ? []
      : [
          `consumers "${owner}" and "${consumer.name}" have the same endpoint, for which SNS has one subscription; merge them into one consumer with both filters`,
        ];
  });
}

/** The endpoint that identifies a subscription; undefined for one that is created for each consumer. */
function endpointOf(consumer: FanoutTopicArgs["consumers"][number]): unknown {
  switch (consumer.kind) {
    case undefined:
    case "queue":
      return known(consumer.existingQueueArn);
    case "function":
      return isExistingFunction(consumer.handler) ? invokedBy(consumer.handler) : undefined;
    default:
      return known(consumer.endpoint);
  }
}

/** An existing function as its resource, or as its ARN if that is plain. */
function invokedBy(handler: ExistingFunctionSpec): unknown {
  return "functionArn" in handler ? known(handler.functionArn) : handler;
}
