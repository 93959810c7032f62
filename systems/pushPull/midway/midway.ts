import { depthOf } from "../../../demo/queues.ts";
import type { Scene } from "../../../demo/scene.ts";
import type { Stage } from "../../../demo/stage.ts";
import { Application } from "./applicationProcess.ts";

const message = "a long job";

export const midway: Scene = {
  name: "midway",
  title: "Midway: an application dies in the middle of a message, and the next one gets it again",
  systems: ["push-pull"],
  play: async (stage) => {
    const { topicArn, consumers } = stage.system("push-pull");
    const queueUrl = consumers.pulled?.queueUrl;
    const event = await stage.publish(topicArn, { message });
    await dieMidway(stage, queueUrl);
    stage.check(
      "nobody can see the message for its visibility timeout",
      await depthOf(stage, queueUrl),
      {
        visible: 0,
        inFlight: 1,
        delayed: 0,
      },
    );

    const second = start(stage, "second", queueUrl, 0);
    try {
      await stage.until(() => second.lines.includes(`ends ${message}`));
      stage.check("the second application is given the same message", second.lines, [
        `begins ${message} (receive 2)`,
        `ends ${message}`,
      ]);
    } finally {
      await second.kill();
    }
    stage.showPath(message, event);
    stage.check("once it is deleted, nobody gets it again", await depthOf(stage, queueUrl), {
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
  },
};

/** Starts an application that works for ten minutes on a message, and kills it meanwhile. */
async function dieMidway(stage: Stage, queueUrl: string | undefined): Promise<void> {
  const first = start(stage, "first", queueUrl, 600);
  try {
    await first.begun();
  } finally {
    await first.kill();
  }
  stage.check("the first application begins it, and is killed", first.lines, [
    `begins ${message} (receive 1)`,
  ]);
}

function start(
  stage: Stage,
  name: string,
  queueUrl: string | undefined,
  seconds: number,
): Application {
  return new Application({
    arguments: [queueUrl ?? "", String(seconds)],
    url: stage.run.url,
    region: stage.run.cloud.region,
    onLine: (line) => stage.say(`the ${name} application: ${line}`),
  });
}
