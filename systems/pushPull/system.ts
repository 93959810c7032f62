import { FanoutTopic } from "../../components/index.ts";
import { noteHandler } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * The same messages for two consumers: Lambda polls the queue `pushed` for a function; an application polls
 * the queue `pulled` at its own pace.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const notes = createTable("push-pull-notes", "id", settings);

  const topic = new FanoutTopic("push-pull", {
    ...settings.topicArgs,
    consumers: [
      { name: "pushed", handler: noteHandler("pushed", notes, settings) },
      // Longer than the application works on a message; otherwise a second one would receive it meanwhile.
      { name: "pulled", visibilityTimeoutSeconds: 120 },
    ],
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
