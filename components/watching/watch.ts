import type * as pulumi from "@pulumi/pulumi";
import { livesElsewhere } from "../consumers/elsewhere.ts";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { Alarms, type Watched } from "./alarms.ts";
import { createDashboard } from "./dashboard.ts";

/** Makes what is asked for of alarms and dashboard, for a topic and the consumers that are with it. */
export function watch(
  { name, topic, consumers }: Omit<Watched, "tags">,
  args: FanoutTopicArgs,
  parent: pulumi.Resource,
): void {
  // Metrics stay where they come from.
  const here = args.consumers
    .filter((spec) => !livesElsewhere(spec))
    .map((spec) => [spec.name, consumers[spec.name]] as const)
    .flatMap(([consumer, parts]) => (parts === undefined ? [] : [[consumer, parts] as const]));
  const watched: Watched = { name, topic, consumers: Object.fromEntries(here), tags: args.tags };
  if (args.alarms) new Alarms(watched, args.alarms === true ? {} : args.alarms, { parent });
  if (args.dashboard) createDashboard(watched, parent);
}
