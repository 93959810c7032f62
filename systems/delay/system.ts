import { FanoutTopic } from "../../components/index.ts";
import { noteHandler } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/** The same messages at once and five minutes later. The delay is set on a queue, so only its consumer waits. */
export function deploy(settings: SystemSettings): SystemOutputs {
  const notes = createTable("delay-notes", "id", settings);

  const topic = new FanoutTopic("delay", {
    ...settings.topicArgs,
    consumers: [
      { name: "now", handler: noteHandler("now", notes, settings) },
      { name: "later", delaySeconds: 300, handler: noteHandler("later", notes, settings) },
    ],
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
