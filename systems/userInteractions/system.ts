import { FanoutTopic } from "../../components/index.ts";
import { onTable } from "../shared/permissions.ts";
import { createIdempotencyTable, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

const types = { likes: "like", shares: "share", comments: "comment" };

/** Likes, shares and comments on posts. Each type has a consumer, which filters by the attribute `type`. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency } = settings;
  const interactions = createTable("user-interactions", "postId", settings);
  const counted = createIdempotencyTable("user-interactions-counted", settings);

  const handler = {
    entry: "handlers/userInteractions/count.ts",
    logRetentionDays,
    environment: { INTERACTIONS_TABLE: interactions.name, IDEMPOTENCY_TABLE: counted.name },
    permissions: [onTable(interactions, "UpdateItem"), onTable(counted, "PutItem")],
  };
  const topic = new FanoutTopic("user-interactions", {
    ...settings.topicArgs,
    consumers: Object.entries(types).map(([name, type]) => ({
      name,
      filter: { type: [type] },
      maxConcurrency,
      handler,
    })),
  });
  return { ...topicOutputs(topic), interactionsTable: interactions.name };
}
