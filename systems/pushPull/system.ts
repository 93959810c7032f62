import { FanoutTopic } from "../../components/index.ts";
import { noting } from "../noting.ts";
import { createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/**
 * The same messages for two: Lambda polls `pushed` and brings its messages to a function; `pulled` is
 * for an application that asks for messages when it has time.
 */
export function pushPull(settings: SystemSettings): SystemOutputs {
  const notes = createTable("push-pull-notes", "id", settings);

  const topic = new FanoutTopic("push-pull", {
    ...settings.topicArgs,
    consumers: [
      { name: "pushed", handler: noting("pushed", notes, settings) },
      // Longer than the application works on a message, or a second one would begin it meanwhile.
      { name: "pulled", visibilityTimeoutSeconds: 120 },
    ],
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
