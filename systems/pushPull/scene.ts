import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";

const events = ["event 1", "event 2", "event 3"];

export const scene: Scene = {
  name: "push-pull",
  title:
    "Push and pull: Lambda invokes a function with messages; an application polls at its own pace",
  systems: ["push-pull"],
  play: async (runner) => {
    const queueUrl = runner.queueUrl("push-pull", "pulled");
    const published = await Promise.all(
      events.map((message) => runner.publish("push-pull", { message })),
    );
    await runner.until(
      "the function notes every message",
      async () => (await noted(runner)).length === events.length,
    );
    for (const [index, event] of published.entries()) runner.showPath(events[index] ?? "", event);

    runner.check("the function was invoked with all messages", await noted(runner), events);
    runner.check(
      "the queue of the application still has all of them",
      await runner.aws.depthOf(queueUrl),
      {
        visible: 3,
        inFlight: 0,
        delayed: 0,
      },
    );

    const pulled = await pullAll(runner, queueUrl);
    runner.check("the application polls and receives all", pulled.sort(), events);
    runner.check("the deleted messages are gone", await runner.aws.depthOf(queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
  },
};

async function noted(runner: SceneRunner): Promise<string[]> {
  const bodies = await notesOf(runner, "push-pull", "pushed");
  return bodies.filter((body) => events.includes(body));
}

/** Polls as an application does: receive, work, delete, until the queue is empty. */
async function pullAll(runner: SceneRunner, queueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const messages = await runner.aws.receive(queueUrl);
    if (messages.length === 0) return bodies;
    runner.say(`the application received ${messages.length} and works on them`);
    for (const message of messages) {
      bodies.push(message.Body ?? "");
      await runner.aws.deleteMessage(queueUrl, message);
    }
  }
}
