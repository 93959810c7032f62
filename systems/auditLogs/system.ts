import { FanoutTopic } from "../../components/index.ts";
import { onObjects } from "../shared/permissions.ts";
import { createBucket } from "../shared/storage.ts";
import {
  type System,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";
import { messages } from "./examples.ts";

/**
 * Whatever has to be on record, in order, each event once, in a bucket where nobody can replace or delete
 * it. The topic keeps a year of events, so that a consumer that is added later can have them replayed.
 */
export const auditLogs: System = { deploy, examples: { messages } };

function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays } = settings;
  const trail = createBucket("audit-logs-trail", settings, { appendOnly: true });

  const topic = new FanoutTopic("audit-logs", {
    ...settings.topicArgs,
    fifo: { archiveDays: 365 },
    consumers: [
      {
        name: "trail",
        handler: {
          entry: "handlers/auditLogs/trail.ts",
          logRetentionDays,
          environment: { TRAIL_BUCKET: trail.id },
          permissions: [onObjects(trail, ["PutObject"])],
        },
      },
    ],
  });
  return { ...topicOutputs(topic), trail: trail.id };
}
