import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";

const message = "a reminder";

export const scene: Scene = {
  name: "delay",
  title: "Delay queues: one consumer receives a message at once, another five minutes later",
  systems: ["delay"],
  play: async (runner) => {
    const event = await runner.publish("delay", { message });
    await runner.until(
      "the consumer now notes the message",
      async () => (await notesOf(runner, "delay", "now")).length > 0,
    );
    runner.check("one consumer has it", await notesOf(runner, "delay", "now"), [message]);
    runner.check("the other has not", await notesOf(runner, "delay", "later"), []);
    const queueUrl = runner.queueUrl("delay", "later");
    runner.check(
      "its message is in the queue, but cannot be received yet",
      await runner.aws.depthOf(queueUrl),
      {
        visible: 0,
        inFlight: 0,
        delayed: 1,
      },
    );

    await runner.untilDone(event);
    runner.showPath(message, event);
    runner.check("five minutes later it has received it", await notesOf(runner, "delay", "later"), [
      message,
    ]);
    const waited = secondsUntilReceived(runner, event, "delay-later");
    runner.check(`no earlier than the delay: after ${Math.floor(waited)} s`, waited >= 300, true);
  },
};

function secondsUntilReceived(runner: SceneRunner, event: string, queue: string): number {
  const hops = runner.hopsOf(event);
  const published = hops.find(({ kind }) => kind === "published");
  const received = hops.find(({ kind, from }) => kind === "received" && from.endsWith(`:${queue}`));
  if (published === undefined || received === undefined) return 0;
  return (received.time - published.time) / 1000;
}
