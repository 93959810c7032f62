import { PutObjectCommand } from "@aws-sdk/client-s3";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { bytesIn, keysIn } from "../../demo/buckets.ts";
import { textOutput } from "../../demo/outputs.ts";
import type { Scene } from "../../demo/scene.ts";
import type { Stage } from "../../demo/stage.ts";
import { samplePicture } from "./samplePicture.ts";

const odd = "holiday photos/crème brûlée + 100%.png";

const files: Readonly<Record<string, Buffer>> = {
  "picture.png": samplePicture(600, 400),
  "notes.txt": Buffer.from("not a picture\n"),
  [odd]: samplePicture(300, 900),
};

export const uploads: Scene = {
  name: "uploads",
  title:
    "A file lands in S3; a topic tells three queues; three handlers work on it, each for itself",
  systems: ["uploads"],
  play: async (stage) => {
    const events = new Map<string, string>();
    for (const [key, body] of Object.entries(files))
      events.set(key, await upload(stage, key, body));
    for (const [key, event] of events) {
      await stage.untilDone(event);
      stage.showPath(`${key} is uploaded`, event);
    }
    await checkThumbnails(stage);
    await checkCatalog(stage);
    await checkAudit(stage);
  },
};

/** Gives the request's id, which is the event's. */
async function upload(stage: Stage, Key: string, Body: Buffer): Promise<string> {
  const Bucket = textOutput(stage.system("uploads"), "bucket");
  const { $metadata } = await stage.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  return $metadata.requestId ?? "";
}

async function checkThumbnails(stage: Stage): Promise<void> {
  const results = textOutput(stage.system("uploads"), "thumbnails");
  const keys = (await keysIn(stage, results)).filter((key) => !key.startsWith("audit/"));
  stage.check("the two pictures have a thumbnail, the text has none", keys, [odd, "picture.png"]);
  const sizes = await Promise.all(
    keys.map(async (key) => measuresOf(await bytesIn(stage, results, key))),
  );
  stage.check("each fits into 256 x 256 and keeps its shape", sizes, ["85 x 256", "256 x 171"]);
}

async function checkCatalog(stage: Stage): Promise<void> {
  const TableName = textOutput(stage.system("uploads"), "catalogTable");
  const { Items = [] } = await stage.clients.dynamodb.send(new ScanCommand({ TableName }));
  const found = Items.map(({ key, size }) => `${key}: ${size} bytes`).sort();
  const expected = Object.entries(files).map(([key, body]) => `${key}: ${body.length} bytes`);
  stage.check(
    "the catalog knows each file by its own name, odd letters and all",
    found,
    expected.sort(),
  );
}

async function checkAudit(stage: Stage): Promise<void> {
  const results = textOutput(stage.system("uploads"), "thumbnails");
  const records = (await keysIn(stage, results)).filter((key) => key.startsWith("audit/"));
  stage.check("the audit has one record for each upload", records.length, 3);
}

/** Width and height of a PNG, from its header. */
function measuresOf(png: Buffer): string {
  return `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`;
}
