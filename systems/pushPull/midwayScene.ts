import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { Application } from "./applicationProcess.ts";

const message = "a long job";

export const midwayScene: Scene = {
  name: "midway",
  title: "Midway: an application crashes while it handles a message, and another receives it again",
  systems: ["push-pull"],
  play: async (runner) => {
    const queueUrl = runner.queueUrl("push-pull", "pulled");
    const event = await runner.publish("push-pull", { message });
    await dieMidway(runner, queueUrl);
    runner.check(
      "the message is invisible for its visibility timeout",
      await runner.aws.depthOf(queueUrl),
      {
        visible: 0,
        inFlight: 1,
        delayed: 0,
      },
    );

    const second = start(runner, "second", queueUrl, 0);
    try {
      await runner.until("the second application ends its work", () =>
        second.lines.includes(`ends ${message}`),
      );
      runner.check("the second application receives the same message", second.lines, [
        `begins ${message} (receive 2)`,
        `ends ${message}`,
      ]);
    } finally {
      await second.kill();
    }
    runner.showPath(message, event);
    runner.check("after the delete the queue is empty", await runner.aws.depthOf(queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
  },
};

/** Starts an application that works for ten minutes on a message, and kills it midway. */
async function dieMidway(runner: SceneRunner, queueUrl: string): Promise<void> {
  const first = start(runner, "first", queueUrl, 600);
  try {
    await first.begun();
  } finally {
    await first.kill();
  }
  runner.check("the first application begins it, and is killed", first.lines, [
    `begins ${message} (receive 1)`,
  ]);
}

function start(runner: SceneRunner, name: string, queueUrl: string, seconds: number): Application {
  return new Application({
    arguments: [queueUrl, String(seconds)],
    url: runner.run.url,
    region: runner.run.cloud.region,
    onLine: (line) => runner.say(`the ${name} application: ${line}`),
  });
}
