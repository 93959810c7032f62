import { FanoutTopic } from "../../components/index.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * Tenants share a queue. One of them sends a backlog; those whose messages carry a MessageGroupId do not wait
 * behind it.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const topic = new FanoutTopic("fair-queues", {
    ...settings.topicArgs,
    consumers: [{ name: "jobs", fairness: true, visibilityTimeoutSeconds: 3600 }],
  });
  return topicOutputs(topic);
}
