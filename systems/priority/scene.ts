import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { notesOf } from "../shared/notes.ts";

const backlog = 40;
const urgents = 5;

export const scene: Scene = {
  name: "priority",
  title: "Priority: urgent messages overtake a backlog of normal ones in a separate queue",
  systems: ["priority"],
  play: async (runner) => {
    await warmUp(runner);
    for (let number = 1; number <= backlog; number++) await publish(runner, `normal ${number}`);
    const urgent: string[] = [];
    for (let number = 1; number <= urgents; number++) {
      urgent.push(await publish(runner, `urgent ${number}`, "urgent"));
    }
    runner.say(`${backlog} normal messages are published, then ${urgents} urgent ones`);

    await runner.until("the urgent messages are handled", () =>
      urgent.every((event) => isHandled(runner, event)),
    );
    const [last = ""] = urgent.slice(-1);
    runner.showPath("the last urgent message", last);
    await runner.until(
      "the normal messages are handled",
      async () => (await notesOf(runner, "priority", "normal")).length > backlog,
    );
    const sooner = normalHandledBefore(runner, last);
    runner.check(
      `when the last urgent one was handled, ${backlog - sooner} of ${backlog} normal ones were still waiting`,
      sooner < backlog,
      true,
    );
    const done = async (consumer: string) => (await notesOf(runner, "priority", consumer)).length;
    runner.check("each urgent message went to its own consumer", await done("urgent"), urgents + 1);
    runner.check("each normal message was handled", await done("normal"), backlog + 1);
  },
};

/** Starts the functions: a cold start would take longer than the whole scene. */
async function warmUp(runner: SceneRunner): Promise<void> {
  const first = [await publish(runner, "first"), await publish(runner, "urgent first", "urgent")];
  for (const event of first) await runner.untilDone(event);
}

function publish(runner: SceneRunner, message: string, priority?: string): Promise<string> {
  return runner.publish("priority", { message, ...(priority && { attributes: { priority } }) });
}

function isHandled(runner: SceneRunner, event: string): boolean {
  return runner.hopsOf(event).some(({ kind }) => kind === "handled");
}

function normalHandledBefore(runner: SceneRunner, event: string): number {
  const hops = runner.run.cloud.trace.recent().filter(({ kind }) => kind === "handled");
  const last = hops.findIndex((hop) => hop.event === event);
  return hops.slice(0, last).filter(({ from }) => from.endsWith(":priority-normal")).length - 1;
}
