import { FanoutTopic } from "../../components/index.ts";
import { onTable, recordIdempotency, sendMail } from "../shared/permissions.ts";
import { createIdempotencyTable, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** A user registers: one consumer sends a welcome mail, another counts. They are independent. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency, sender } = settings;
  const welcomed = createIdempotencyTable("user-registration-welcomed", settings);
  const counts = createTable("user-registration-counts", "day", settings);
  const counted = createIdempotencyTable("user-registration-counted", settings);

  const topic = new FanoutTopic("user-registration", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "notify",
        maxConcurrency,
        handler: {
          entry: "handlers/userRegistration/notify.ts",
          logRetentionDays,
          environment: { IDEMPOTENCY_TABLE: welcomed.name, SENDER: sender },
          permissions: [recordIdempotency(welcomed), sendMail(sender)],
        },
      },
      {
        name: "analytics",
        maxConcurrency,
        handler: {
          entry: "handlers/userRegistration/analytics.ts",
          logRetentionDays,
          environment: { COUNTS_TABLE: counts.name, IDEMPOTENCY_TABLE: counted.name },
          permissions: [onTable(counts, "UpdateItem"), onTable(counted, "PutItem")],
        },
      },
    ],
  });
  return { ...topicOutputs(topic), countsTable: counts.name };
}
