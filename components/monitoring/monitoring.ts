import type * as pulumi from "@pulumi/pulumi";
import { isCrossAccountOrRegion } from "../consumers/consumer.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { Alarms } from "./alarms.ts";
import { createDashboard } from "./dashboard.ts";
import type { Monitored } from "./metrics.ts";

/** Creates the alarms and the dashboard that the arguments ask for. */
export function createMonitoring(
  { name, topic, region, consumers, unpublishedQueues }: Omit<Monitored, "tags">,
  args: FanoutTopicArgs,
  parent: pulumi.Resource,
): void {
  // Metrics of other accounts and regions are not available in the topic's.
  const remote = new Set(args.consumers.filter(isCrossAccountOrRegion).map((spec) => spec.name));
  const local = Object.entries(consumers).filter(([consumer]) => !remote.has(consumer));
  const monitored: Monitored = {
    name,
    topic,
    region,
    consumers: Object.fromEntries(local),
    unpublishedQueues,
    tags: args.tags,
  };
  if (args.alarms) new Alarms(monitored, args.alarms === true ? {} : args.alarms, { parent });
  if (args.dashboard) createDashboard(monitored, parent);
}
