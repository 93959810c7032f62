import { gunzipSync } from "node:zlib";
import { bytesIn, keysIn } from "../../demo/buckets.ts";
import { textOutput } from "../../demo/outputs.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";

const events = Array.from({ length: 5 }, (_, index) => `event ${index + 1}`);

export const eventArchive: Scene = {
  name: "event-archive",
  title: "Every event kept: a delivery stream gathers them, and writes many into one object in S3",
  systems: ["event-archive"],
  play: async (stage) => {
    const { topicArn } = stage.system("event-archive");
    const published: string[] = [];
    for (const message of events) published.push(await stage.publish(topicArn, { message }));
    stage.check("at first they are gathered", await keysIn(stage, archiveOf(stage)), []);

    await stage.until(async () => (await keysIn(stage, archiveOf(stage))).length > 0);
    stage.showPath("event 1", published[0] ?? "");
    const keys = await keysIn(stage, archiveOf(stage));
    stage.check("after five minutes there is one object", keys.length, 1);
    for (const key of keys) stage.say(key);
    const lines = (await Promise.all(keys.map((key) => linesOf(stage, key)))).flat();
    stage.check(
      "with a line for each event, in order",
      lines.map(({ Message }) => Message),
      events,
    );
    const ids = lines.map(({ MessageId }) => MessageId);
    stage.check("each in SNS's envelope, with its message id", ids, published);
  },
};

function archiveOf(stage: Stage): string {
  return textOutput(stage.system("event-archive"), "archive");
}

/** Of a compressed object: none where there is no such object. */
async function linesOf(stage: Stage, key: string): Promise<Record<string, unknown>[]> {
  const bytes = await bytesIn(stage, archiveOf(stage), key);
  if (bytes.length === 0) return [];
  const lines = gunzipSync(bytes).toString().trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}
