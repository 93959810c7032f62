import { depthOf, receive, remove } from "../../demo/queues.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { notesOf } from "../notes.ts";

const events = ["event 1", "event 2", "event 3"];

export const pushPull: Scene = {
  name: "push-pull",
  title:
    "Push and pull: a function is given its messages; an application asks for them when it has time",
  systems: ["push-pull"],
  play: async (stage) => {
    const { topicArn, consumers } = stage.system("push-pull");
    const queueUrl = consumers.pulled?.queueUrl;
    const published = await Promise.all(
      events.map((message) => stage.publish(topicArn, { message })),
    );
    await stage.until(async () => (await noted(stage)).length === events.length);
    for (const [index, event] of published.entries()) stage.showPath(events[index] ?? "", event);

    stage.check("the function got all without asking", await noted(stage), events);
    stage.check("for the application they wait, untouched", await depthOf(stage, queueUrl), {
      visible: 3,
      inFlight: 0,
      delayed: 0,
    });

    const pulled = await pullAll(stage, queueUrl);
    stage.check("the application asks, and gets all", pulled.sort(), events);
    stage.check("what it has deleted is gone for good", await depthOf(stage, queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
  },
};

async function noted(stage: Stage): Promise<string[]> {
  const bodies = await notesOf(stage, "push-pull", "pushed");
  return bodies.filter((body) => events.includes(body));
}

/** What an application does: receive, work, delete, until there is nothing left. */
async function pullAll(stage: Stage, queueUrl: string | undefined): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const messages = await receive(stage, queueUrl);
    if (messages.length === 0) return bodies;
    stage.say(`the application received ${messages.length} and works on them`);
    for (const message of messages) {
      bodies.push(message.Body ?? "");
      await remove(stage, queueUrl, message);
    }
  }
}
