import { FanoutTopic, type FilterPolicy } from "../../components/index.ts";
import { noteHandler } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** Messages without the attribute are normal. */
const filters: Readonly<Record<string, FilterPolicy>> = {
  urgent: { priority: ["urgent"] },
  normal: { priority: [{ "anything-but": ["urgent"] }, { exists: false }] },
};

/**
 * SQS has no priorities. A separate queue with its own concurrency lets urgent messages overtake a backlog of
 * normal ones.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const notes = createTable("priority-notes", "id", settings);

  const topic = new FanoutTopic("priority", {
    ...settings.topicArgs,
    consumers: Object.entries(filters).map(([name, filter]) => ({
      name,
      filter,
      maxConcurrency: 2,
      batchSize: 1,
      handler: noteHandler(name, notes, settings, "handlers/patterns/slowNote.ts"),
    })),
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
