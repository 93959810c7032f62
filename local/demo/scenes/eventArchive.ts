import { gunzipSync } from "node:zlib";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { textOutput } from "../outputs.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";

const events = Array.from({ length: 5 }, (_, index) => `event ${index + 1}`);

export const eventArchive: Scene = {
  name: "event-archive",
  title: "Every event kept: a delivery stream gathers them, and writes many into one object in S3",
  systems: ["event-archive"],
  play: async (stage) => {
    const { topicArn } = stage.system("event-archive");
    const published: string[] = [];
    for (const message of events) published.push(await stage.publish(topicArn, { message }));
    stage.check("at first they are gathered", await keysOf(stage), []);

    await stage.until(async () => (await keysOf(stage)).length > 0);
    stage.showPath("event 1", published[0] ?? "");
    const keys = await keysOf(stage);
    stage.check("after five minutes there is one object", keys.length, 1);
    const [key = ""] = keys;
    stage.say(key);
    const lines = await linesOf(stage, key);
    stage.check(
      "with a line for each event, in order",
      lines.map(({ Message }) => Message),
      events,
    );
    const ids = lines.map(({ MessageId }) => MessageId);
    stage.check("each in SNS's envelope, with its message id", ids, published);
  },
};

async function keysOf(stage: Stage): Promise<string[]> {
  const Bucket = textOutput(stage.system("event-archive"), "archive");
  const { Contents = [] } = await stage.clients.s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = "" }) => Key);
}

async function linesOf(stage: Stage, Key: string): Promise<Record<string, unknown>[]> {
  const Bucket = textOutput(stage.system("event-archive"), "archive");
  const { Body } = await stage.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const lines = gunzipSync(bytes).toString().trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}
