import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Consumer } from "../consumers/consumer.ts";
import { isCrossAccountOrRegion } from "../consumers/queuePlacement.ts";
import type { FanoutTopicArgs } from "../fanoutTopic.ts";
import { Alarms } from "./alarms.ts";
import { createDashboard } from "./dashboard.ts";

/** A topic and its consumers, by name. */
export type Monitored = {
  readonly name: string;
  readonly topic: aws.sns.Topic;
  readonly consumers: Readonly<Record<string, Consumer>>;
  readonly tags: Record<string, pulumi.Input<string>> | undefined;
};

/** Creates the alarms and the dashboard that the arguments ask for. */
export function createMonitoring(
  { name, topic, consumers }: Omit<Monitored, "tags">,
  args: FanoutTopicArgs,
  parent: pulumi.Resource,
): void {
  // Metrics of other accounts and regions are not available in the topic's.
  const local = args.consumers
    .filter((spec) => !isCrossAccountOrRegion(spec))
    .map((spec) => [spec.name, consumers[spec.name]] as const)
    .flatMap(([consumer, parts]) => (parts === undefined ? [] : [[consumer, parts] as const]));
  const monitored: Monitored = {
    name,
    topic,
    consumers: Object.fromEntries(local),
    tags: args.tags,
  };
  if (args.alarms) new Alarms(monitored, args.alarms === true ? {} : args.alarms, { parent });
  if (args.dashboard) createDashboard(monitored, parent);
}
