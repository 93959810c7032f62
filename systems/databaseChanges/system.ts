import { FanoutTopic } from "../../components/index.ts";
import type { Settings } from "../../settings.ts";
import { onTable } from "../shared/permissions.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** Replicates every change of a primary database to two others. The last version wins in each. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency } = settings;
  const replicas = {
    search: createReplica("database-changes-search", settings),
    reporting: createReplica("database-changes-reporting", settings),
  };

  const topic = new FanoutTopic("database-changes", {
    ...settings.topicArgs,
    consumers: Object.entries(replicas).map(([name, replica]) => ({
      name,
      maxConcurrency,
      handler: {
        entry: "handlers/databaseChanges/replicate.ts",
        logRetentionDays,
        environment: { REPLICA_TABLE: replica.name },
        permissions: [onTable(replica, "PutItem")],
      },
    })),
  });
  return {
    ...topicOutputs(topic),
    searchTable: replicas.search.name,
    reportingTable: replicas.reporting.name,
  };
}

/** A deleted row leaves a tombstone, which expires. */
function createReplica(name: string, settings: Settings) {
  return createTable(name, "rowKey", settings, {
    ttl: { attributeName: "expiration", enabled: true },
  });
}
