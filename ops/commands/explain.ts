import { type MessageAttributeValue, paginateListSubscriptionsByTopic } from "@aws-sdk/client-sns";
import { subscriptionVerdict } from "../../aws/subscriptionVerdict.ts";
import type { Command } from "../command.ts";
import { type MessageToSend, messageFileHelp, readMessageFile } from "../messages/messageFile.ts";
import { painter, table } from "../output.ts";
import type { Clients } from "../stack/clients.ts";
import { type Stack, topicOf } from "../stack/stack.ts";
import { describeSubscription, type SubscriptionFacts } from "../stack/subscription.ts";

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
    const filtered = { body: message.body, attributes: attributesOf(message) };
    const verdicts = subscriptions.map((subscription) => {
      const { delivered: gets, reason } = subscriptionVerdict(subscription, filtered);
      const { protocol } = subscription;
      return { consumer: nameOf(stack, subscription), protocol, gets, reason };
    });
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

function attributesOf({ attributes }: MessageToSend) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, attribute(value)]),
  );
}

function attribute({ DataType = "String", StringValue }: MessageAttributeValue) {
  return { dataType: DataType, stringValue: StringValue };
}
