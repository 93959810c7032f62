import { gunzipSync } from "node:zlib";
import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const events = Array.from({ length: 5 }, (_, index) => `event ${index + 1}`);

export const scene: Scene = {
  name: "event-archive",
  title:
    "An archive of all events: a delivery stream buffers them and writes many as one object to S3",
  systems: ["event-archive"],
  play: async (runner) => {
    const published: string[] = [];
    for (const message of events) {
      published.push(await runner.publish("event-archive", { message }));
    }
    runner.check(
      "at first the events are buffered",
      await runner.aws.keysIn(archiveOf(runner)),
      [],
    );

    await runner.until(
      "there is an object in the archive",
      async () => (await runner.aws.keysIn(archiveOf(runner))).length > 0,
    );
    runner.showPath("event 1", published[0] ?? "");
    const keys = await runner.aws.keysIn(archiveOf(runner));
    runner.check("after five minutes there is one object", keys.length, 1);
    for (const key of keys) runner.say(key);
    const lines = (await Promise.all(keys.map((key) => linesOf(runner, key)))).flat();
    runner.check(
      "with a line for each event, in order",
      lines.map(({ Message }) => Message),
      events,
    );
    const ids = lines.map(({ MessageId }) => MessageId);
    runner.check("each in the envelope of SNS, with its message id", ids, published);
  },
};

function archiveOf(runner: SceneRunner): string {
  return runner.output("event-archive", "archive");
}

/** The lines of a compressed object; none if there is no such object. */
async function linesOf(runner: SceneRunner, key: string): Promise<Record<string, unknown>[]> {
  const bytes = await runner.aws.bytesIn(archiveOf(runner), key);
  if (bytes.length === 0) return [];
  const lines = gunzipSync(bytes).toString().trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}
