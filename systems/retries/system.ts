import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * A consumer calls services that fail in three ways: one that is down is called again after growing delays, one
 * that is busy when it says, and a message that is malformed moves to the dead-letter queue at once.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const services = createTable("retries-services", "service", settings);

  const topic = new FanoutTopic("retries", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "calls",
        maxReceiveCount: 10,
        retries: {
          backoff: { first: 20, factor: 3, maximum: 3600 },
          permanentErrors: "deadLetter",
        },
        handler: {
          entry: "handlers/patterns/callService.ts",
          timeoutSeconds: 10,
          logRetentionDays: settings.logRetentionDays,
          environment: { SERVICES_TABLE: services.name },
          permissions: [onTable(services, "GetItem")],
        },
      },
    ],
  });
  return { ...topicOutputs(topic), servicesTable: services.name };
}
