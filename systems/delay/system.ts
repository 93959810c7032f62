import { FanoutTopic } from "../../components/index.ts";
import { noting } from "../noting.ts";
import { createTable } from "../storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../system.ts";

/** The same messages at once and five minutes later: a delay is a queue's own, so only one consumer waits. */
export function delay(settings: SystemSettings): SystemOutputs {
  const notes = createTable("delay-notes", "id", settings);

  const topic = new FanoutTopic("delay", {
    ...settings.topicArgs,
    consumers: [
      { name: "now", handler: noting("now", notes, settings) },
      { name: "later", delaySeconds: 300, handler: noting("later", notes, settings) },
    ],
  });
  return { ...topicOutputs(topic), notesTable: notes.name };
}
