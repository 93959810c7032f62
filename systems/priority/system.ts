import { FanoutTopic, type FilterPolicy } from "../../components/index.ts";
import { noting } from "../noting.ts";
import { createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** Messages without the attribute are normal, too. */
const filters: Readonly<Record<string, FilterPolicy>> = {
  urgent: { priority: ["urgent"] },
  normal: { priority: [{ "anything-but": ["urgent"] }, { exists: false }] },
};

/**
 * SQS has no priorities: a queue of its own, with its own concurrency, is what lets urgent messages pass
 * by a backlog of others.
 */
export function priority(settings: SystemSettings): SystemOutputs {
  const notes = createTable("priority-notes", "id", settings);

  const topic = new FanoutTopic("priority", {
    ...settings.topicArgs,
    consumers: Object.entries(filters).map(([name, filter]) => ({
      name,
      filter,
      maxConcurrency: 2,
      batchSize: 1,
      handler: noting(name, notes, settings, "handlers/patterns/slowNote.ts"),
    })),
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
