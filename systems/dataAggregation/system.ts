import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { createIdempotencyTable, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

const entries = {
  "by-minute": "handlers/dataAggregation/byMinute.ts",
  "by-day": "handlers/dataAggregation/byDay.ts",
};

/** Sums the readings of many sources by minute and by day, exactly, however often a reading is delivered. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays } = settings;
  const sums = createTable("data-aggregation-sums", "source", settings, {
    rangeKey: "period",
    attributes: [
      { name: "source", type: "S" },
      { name: "period", type: "S" },
    ],
  });
  const added = createIdempotencyTable("data-aggregation-added", settings);

  const topic = new FanoutTopic("data-aggregation", {
    ...settings.topicArgs,
    consumers: Object.entries(entries).map(([name, entry]) => ({
      name,
      // Readings of a source and period update the same item: more concurrency would only cause conflicts.
      maxConcurrency: 2,
      handler: {
        entry,
        logRetentionDays,
        environment: { SUMS_TABLE: sums.name, IDEMPOTENCY_TABLE: added.name },
        permissions: [onTable(sums, "UpdateItem"), onTable(added, "PutItem")],
      },
    })),
  });
  return { ...topicOutputs(topic), sumsTable: sums.name };
}
