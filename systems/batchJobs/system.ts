import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * Jobs that are not urgent. Each is delayed by half a minute and then batched with others, so that many jobs
 * need few invocations. A job that fails is retried alone.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency } = settings;
  const results = createTable("batch-jobs-results", "jobId", settings);

  const topic = new FanoutTopic("batch-jobs", {
    ...settings.topicArgs,
    consumers: ["statistics", "word-count"].map((job) => ({
      name: job,
      filter: { job: [job] },
      delaySeconds: 30,
      batchSize: 1000,
      batchWindowSeconds: 20,
      maxConcurrency,
      handler: {
        entry: "handlers/batchJobs/run.ts",
        timeoutSeconds: 120,
        logRetentionDays,
        environment: { RESULTS_TABLE: results.name },
        permissions: [onTable(results, "PutItem")],
      },
    })),
  });
  return { ...topicOutputs(topic), resultsTable: results.name };
}
