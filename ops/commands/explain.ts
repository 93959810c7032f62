import { type MessageAttributeValue, paginateListSubscriptionsByTopic } from "@aws-sdk/client-sns";
import { explain as explainFilter } from "../../aws/filterPolicy/match.ts";
import type { Command } from "../command.ts";
import { type MessageToSend, messageFileHelp, readMessageFile } from "../messages/messageFile.ts";
import { painter, table } from "../output.ts";
import type { Clients } from "../stack/clients.ts";
import { type Stack, topicOf } from "../stack/stack.ts";
import { describeSubscription, type SubscriptionFacts } from "../stack/subscription.ts";

/** The most attributes of a message that SQS accepts: SNS drops a raw message that has more. */
const mostRawAttributes = 10;

export const explain: Command = {
  name: "explain",
  positionals: ["TOPIC", "FILE"],
  summary: "which subscriptions would receive a message and why, without sending it",
  details: `TOPIC is a system, or the ARN of any topic. ${messageFileHelp}
- is the standard input. The subscriptions are read from SNS; nothing is sent.`,
  options: {},
  async run({ given, stack, terminal, show }) {
    const topicArn = topicNamed(stack, given.required(0, "TOPIC"));
    const message = await readMessageFile(given.required(1, "FILE"), terminal);
    const subscriptions = await subscriptionsOf(stack.clients, topicArn);
    const verdicts = subscriptions.map((subscription) => ({
      consumer: nameOf(stack, subscription),
      protocol: subscription.protocol,
      ...judge(subscription, message),
    }));
    const paint = painter(terminal.colours);
    const rows = verdicts.map(({ gets, consumer, reason }) => [
      gets ? "gets it" : "does not",
      consumer,
      reason,
    ]);
    const lines = table(rows).map((line, index) =>
      paint(verdicts[index]?.gets ? "green" : "dim", line),
    );
    const getting = verdicts.filter(({ gets }) => gets).length;
    show(
      [`${getting} of ${verdicts.length} get it`, ...lines.map((line) => `  ${line}`)].join("\n"),
      { topicArn, subscriptions: verdicts },
    );
  },
};

function topicNamed(stack: Stack, topic: string): string {
  return topic.startsWith("arn:") ? topic : topicOf(stack.system(topic));
}

async function subscriptionsOf(clients: Clients, topicArn: string): Promise<SubscriptionFacts[]> {
  const pages = paginateListSubscriptionsByTopic(
    { client: clients.sns(topicArn) },
    { TopicArn: topicArn },
  );
  const found: SubscriptionFacts[] = [];
  for await (const { Subscriptions = [] } of pages) {
    for (const { SubscriptionArn = "", Protocol = "", Endpoint = "" } of Subscriptions) {
      const facts = await describeSubscription(clients, SubscriptionArn);
      found.push(facts ?? unconfirmed(Protocol, Endpoint));
    }
  }
  return found;
}

/** SNS returns no attributes of an unconfirmed subscription. */
function unconfirmed(protocol: string, endpoint: string): SubscriptionFacts {
  const filterPolicyScope = "MessageAttributes";
  return { arn: "", protocol, endpoint, pending: true, raw: false, filterPolicyScope };
}

/** The name of the consumer; protocol and endpoint of a subscription that the program did not create. */
function nameOf({ systems }: Stack, { arn, protocol, endpoint }: SubscriptionFacts): string {
  const consumers = systems.flatMap((system) => system.consumers);
  const consumer = consumers.find(({ subscriptionArn }) => subscriptionArn === arn);
  return consumer?.name ?? `${protocol} ${endpoint}`;
}

type Verdict = { readonly gets: boolean; readonly reason: string };

function judge(subscription: SubscriptionFacts, message: MessageToSend): Verdict {
  const { pending, filterPolicy, filterPolicyScope } = subscription;
  if (pending) return { gets: false, reason: "the subscription is not confirmed yet" };
  const verdict =
    filterPolicy === undefined
      ? { gets: true, reason: "it has no filter" }
      : judgeFilter(filterPolicy, filterPolicyScope, message);
  const dropped = tooManyAttributes(subscription, message);
  return verdict.gets && dropped !== undefined ? { gets: false, reason: dropped } : verdict;
}

function judgeFilter(
  filterPolicy: string,
  scope: SubscriptionFacts["filterPolicyScope"],
  { body, attributes }: MessageToSend,
): Verdict {
  const { matches, reason } = explainFilter(JSON.parse(filterPolicy), scope, {
    body,
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, attribute(value)]),
    ),
  });
  return { gets: matches, reason };
}

function attribute({ DataType = "String", StringValue }: MessageAttributeValue) {
  return { dataType: DataType, stringValue: StringValue };
}

/** Why SNS drops a message that the filter accepts. */
function tooManyAttributes(
  { protocol, raw }: SubscriptionFacts,
  { attributes }: MessageToSend,
): string | undefined {
  const number = Object.keys(attributes).length;
  if (protocol !== "sqs" || !raw || number <= mostRawAttributes) return undefined;
  return `SNS drops it: it has ${number} attributes, and raw delivery to SQS allows ${mostRawAttributes}`;
}
