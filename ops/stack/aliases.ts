import { arnParts } from "../../aws/arn.ts";
import { aliasesOf, logicalName } from "./names.ts";

type System = { readonly name: string; readonly topicArn: string | undefined };

type Consumer = {
  /** With the name of its system: `orders/billing`. */
  readonly name: string;
  readonly queueUrl?: string | undefined;
  readonly functionName?: string | undefined;
};

/** What else a system is called: its topic's ARN and name, and the name that the program gave it. */
export function systemAliases({ name, topicArn }: System): string[] {
  const topic = topicArn && arnParts(topicArn).resource;
  return aliasesOf(
    name,
    topicArn,
    topic,
    topic?.replace(/\.fifo$/, ""),
    topic && logicalName(topic),
  );
}

/**
 * What else a consumer is called: its queue's name and URL, its function's name, and `SYSTEM/CONSUMER` by the names
 * that the program gave them, also without the system's name before the consumer's: `orders/billing` for
 * `orders-1a2b3c4/orders-billing-5d6e7f8`.
 */
export function consumerAliases(system: System, consumer: Consumer): string[] {
  const own = consumer.name.slice(system.name.length + 1);
  const queue = consumer.queueUrl?.split("/").at(-1);
  const systems = [system.name, ...systemAliases(system).filter((each) => !each.includes(":"))];
  const owns = [own, logicalName(own)];
  const shorter = owns.flatMap((each) =>
    systems.flatMap((name) => (each.startsWith(`${name}-`) ? [each.slice(name.length + 1)] : [])),
  );
  const inSystem = systems.flatMap((name) =>
    [...owns, ...shorter].map((each) => `${name}/${each}`),
  );
  return aliasesOf(
    consumer.name,
    ...inSystem,
    queue,
    queue && logicalName(queue),
    consumer.queueUrl,
    consumer.functionName,
  );
}
