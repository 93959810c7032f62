import { depthOf } from "../../demo/queues.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { notesOf } from "../notes.ts";

const message = "a reminder";

export const delay: Scene = {
  name: "delay",
  title: "Delay queues: one consumer gets a message at once, another five minutes later",
  systems: ["delay"],
  play: async (stage) => {
    const { topicArn, consumers } = stage.system("delay");
    const event = await stage.publish(topicArn, { message });
    await stage.until(async () => (await notesOf(stage, "delay", "now")).length > 0);
    stage.check("one consumer has it", await notesOf(stage, "delay", "now"), [message]);
    stage.check("the other has not", await notesOf(stage, "delay", "later"), []);
    const queueUrl = consumers.later?.queueUrl;
    stage.check(
      "its message is in the queue, and nobody can receive it",
      await depthOf(stage, queueUrl),
      {
        visible: 0,
        inFlight: 0,
        delayed: 1,
      },
    );

    await stage.untilDone(event);
    stage.showPath(message, event);
    stage.check("five minutes later it has it, too", await notesOf(stage, "delay", "later"), [
      message,
    ]);
    const waited = secondsUntilReceived(stage, event, "delay-later");
    stage.check(`not a second too soon: after ${Math.floor(waited)} s`, waited >= 300, true);
  },
};

function secondsUntilReceived(stage: Stage, event: string, queue: string): number {
  const hops = stage.hopsOf(event);
  const published = hops.find(({ kind }) => kind === "published");
  const received = hops.find(({ kind, from }) => kind === "received" && from.endsWith(`:${queue}`));
  if (published === undefined || received === undefined) return 0;
  return (received.time - published.time) / 1000;
}
