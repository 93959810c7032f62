import { FanoutTopic, type FilterPolicy } from "../../components/index.ts";
import { noting } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import {
  type System,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";
import { scene } from "./scene.ts";

/** Messages without the attribute are normal, too. */
const filters: Readonly<Record<string, FilterPolicy>> = {
  urgent: { priority: ["urgent"] },
  normal: { priority: [{ "anything-but": ["urgent"] }, { exists: false }] },
};

/**
 * SQS has no priorities: a queue of its own, with its own concurrency, is what lets urgent messages pass
 * by a backlog of others.
 */
export const priority: System = { deploy, scenes: [scene] };

function deploy(settings: SystemSettings): SystemOutputs {
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
