import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { notesOf } from "../notes.ts";

const backlog = 40;
const urgents = 5;

export const priority: Scene = {
  name: "priority",
  title: "Priority: urgent messages pass by a backlog of normal ones, on a queue of their own",
  systems: ["priority"],
  play: async (stage) => {
    await warmUp(stage);
    for (let number = 1; number <= backlog; number++) await publish(stage, `normal ${number}`);
    const urgent: string[] = [];
    for (let number = 1; number <= urgents; number++) {
      urgent.push(await publish(stage, `urgent ${number}`, "urgent"));
    }
    stage.say(`${backlog} normal messages are published, then ${urgents} urgent ones`);

    await stage.until(() => urgent.every((event) => isHandled(stage, event)));
    const [last = ""] = urgent.slice(-1);
    stage.showPath("the last urgent message", last);
    await stage.until(async () => (await notesOf(stage, "priority", "normal")).length > backlog);
    const sooner = normalHandledBefore(stage, last);
    stage.check(
      `when the last urgent one was done, ${backlog - sooner} of ${backlog} normal ones still waited`,
      sooner < backlog,
      true,
    );
    const done = async (consumer: string) => (await notesOf(stage, "priority", consumer)).length;
    stage.check("each urgent message went to its own consumer", await done("urgent"), urgents + 1);
    stage.check("each normal message was done in its turn", await done("normal"), backlog + 1);
  },
};

/** A function's first invocation starts it, which would take longer than all of this. */
async function warmUp(stage: Stage): Promise<void> {
  const first = [await publish(stage, "first"), await publish(stage, "urgent first", "urgent")];
  for (const event of first) await stage.untilDone(event);
}

function publish(stage: Stage, message: string, priority?: string): Promise<string> {
  const { topicArn } = stage.system("priority");
  return stage.publish(topicArn, { message, ...(priority && { attributes: { priority } }) });
}

function isHandled(stage: Stage, event: string): boolean {
  return stage.hopsOf(event).some(({ kind }) => kind === "handled");
}

function normalHandledBefore(stage: Stage, event: string): number {
  const hops = stage.run.cloud.trace.recent().filter(({ kind }) => kind === "handled");
  const last = hops.findIndex((hop) => hop.event === event);
  return hops.slice(0, last).filter(({ from }) => from.endsWith(":priority-normal")).length - 1;
}
