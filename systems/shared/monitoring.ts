import { type ConsumerSpec, FanoutTopic } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import type { TopicArgs } from "./system.ts";

/** Alarms, dashboards, delivery logs and traces of every topic, as the stack's settings ask for. */
export function monitoring(settings: Settings): TopicArgs {
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
 * Alarms go to a topic of their own, because a topic that fails cannot report its own failure. The queue
 * keeps them for two weeks; `alarmEmail` receives them at once.
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
