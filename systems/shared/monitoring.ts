import { type ConsumerSpec, FanoutTopic } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import type { TopicArgs } from "./system.ts";

/** How the stack's topics are watched: the same for all. */
export function watchedBy(settings: Settings): TopicArgs {
  const { alarms, dashboards, deliveryLogging, tracing } = settings;
  return {
    ...(alarms && { alarms: { actions: [createAlarmTopic(settings).topicArn] } }),
    ...(dashboards && { dashboard: true }),
    ...(deliveryLogging && {
      deliveryLogging: { retentionDays: settings.logRetentionDays },
    }),
    ...(tracing && { tracing: true }),
  };
}

/**
 * Where alarms go: a topic of their own, because a topic in trouble tells nobody. The queue keeps what
 * was said for two weeks; whoever is named by `alarmEmail` gets it at once.
 */
function createAlarmTopic({ alarmEmail }: Settings): FanoutTopic {
  const inbox: ConsumerSpec = { name: "inbox", retentionSeconds: 1_209_600 };
  const email: ConsumerSpec[] =
    alarmEmail === undefined ? [] : [{ name: "email", kind: "email", endpoint: alarmEmail }];
  return new FanoutTopic("alarms", {
    encryption: "kms",
    publishers: [{ service: "cloudwatch.amazonaws.com" }],
    consumers: [inbox, ...email],
  });
}
