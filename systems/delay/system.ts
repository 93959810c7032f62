import { FanoutTopic } from "../../components/index.ts";
import { noting } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import {
  type System,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";
import { scene } from "./scene.ts";

/** The same messages at once and five minutes later: a delay is a queue's own, so only one consumer waits. */
export const delay: System = { deploy, scenes: [scene] };

function deploy(settings: SystemSettings): SystemOutputs {
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
