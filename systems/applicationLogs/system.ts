import { FanoutTopic, HandlerFunction } from "../../components/index.ts";
import { onObjects } from "../shared/permissions.ts";
import { invokeAtRate } from "../shared/schedule.ts";
import { createBucket } from "../shared/storage.ts";
import {
  queueOf,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";

const archiverSeconds = 120;

/**
 * Log entries of applications for two consumers that pull them: a monitoring application polls the queue
 * `monitoring`, and a scheduled archiver moves the queue `archiving` to a bucket.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays } = settings;
  const archive = createBucket("application-logs-archive", settings);
  const topic = new FanoutTopic("application-logs", {
    ...settings.topicArgs,
    consumers: [
      { name: "monitoring" },
      // Entries stay invisible until the archiver has written and deleted them.
      { name: "archiving", visibilityTimeoutSeconds: archiverSeconds, retentionSeconds: 1_209_600 },
    ],
  });
  const archiver = new HandlerFunction("application-logs-archiver", {
    description: "moves log entries from the queue archiving to the archive",
    handler: {
      entry: "handlers/applicationLogs/archive.ts",
      timeoutSeconds: archiverSeconds,
      memoryMb: 512,
      logRetentionDays,
      environment: {
        QUEUE_URL: queueOf(topic, "archiving").url,
        ARCHIVE_BUCKET: archive.id,
      },
      permissions: [onObjects(archive, ["PutObject"], "logs/")],
    },
  });
  topic.grantConsume("archiving", archiver.role);
  invokeAtRate("application-logs-archiver-hourly", "rate(1 hour)", archiver.function);
  return { ...topicOutputs(topic), archive: archive.id, archiver: archiver.function.name };
}
