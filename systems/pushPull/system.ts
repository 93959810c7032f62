import { FanoutTopic } from "../../components/index.ts";
import { noting } from "../shared/noteHandler.ts";
import { createTable } from "../shared/storage.ts";
import {
  type System,
  type SystemOutputs,
  type SystemSettings,
  topicOutputs,
} from "../shared/system.ts";
import { midwayScene } from "./midwayScene.ts";
import { scene } from "./scene.ts";

/**
 * The same messages for two: Lambda polls `pushed` and brings its messages to a function; `pulled` is
 * for an application that asks for messages when it has time.
 */
export const pushPull: System = { deploy, scenes: [scene, midwayScene] };

function deploy(settings: SystemSettings): SystemOutputs {
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
