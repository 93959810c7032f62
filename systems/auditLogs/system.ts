import { FanoutTopic } from "../../components/index.ts";
import { onObjects } from "../shared/permissions.ts";
import { createBucket } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * Events that have to be on record, in order, each once, in a bucket whose objects cannot be replaced or
 * deleted. The topic archives a year of events, so that they can be replayed to a consumer added later.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
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
