import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";
import { samplePicture } from "./samplePicture.ts";

const odd = "holiday photos/crème brûlée + 100%.png";

/** Created when the scene is played, because every deployment loads the scenes. */
function sampleFiles(): Readonly<Record<string, Buffer>> {
  return {
    "picture.png": samplePicture(600, 400),
    "notes.txt": Buffer.from("not a picture\n"),
    [odd]: samplePicture(300, 900),
  };
}

export const scene: Scene = {
  name: "uploads",
  title: "A file is uploaded to S3; a topic fans the event out to three queues with a handler each",
  systems: ["uploads"],
  play: async (runner) => {
    const events = new Map<string, string>();
    const bucket = runner.output("uploads", "bucket");
    for (const [key, body] of Object.entries(sampleFiles()))
      events.set(key, await runner.aws.putObject(bucket, key, body));
    for (const [key, event] of events) {
      await runner.untilDone(event);
      runner.showPath(`${key} is uploaded`, event);
    }
    await checkThumbnails(runner);
    await checkCatalog(runner);
    await checkAudit(runner);
  },
};

async function checkThumbnails(runner: SceneRunner): Promise<void> {
  const results = runner.output("uploads", "thumbnails");
  const keys = (await runner.aws.keysIn(results)).filter((key) => !key.startsWith("audit/"));
  runner.check("the two pictures have a thumbnail, the text has none", keys, [odd, "picture.png"]);
  const sizes = await Promise.all(
    keys.map(async (key) => measuresOf(await runner.aws.bytesIn(results, key))),
  );
  runner.check("each fits into 256 x 256 and keeps its proportions", sizes, [
    "85 x 256",
    "256 x 171",
  ]);
}

async function checkCatalog(runner: SceneRunner): Promise<void> {
  const items = await runner.aws.itemsIn(runner.output("uploads", "catalogTable"));
  const found = items.map(({ key, size }) => `${key}: ${size} bytes`).sort();
  const expected = Object.entries(sampleFiles()).map(
    ([key, body]) => `${key}: ${body.length} bytes`,
  );
  runner.check("the catalog has each file under its original name", found, expected.sort());
}

async function checkAudit(runner: SceneRunner): Promise<void> {
  const results = runner.output("uploads", "thumbnails");
  const records = (await runner.aws.keysIn(results)).filter((key) => key.startsWith("audit/"));
  runner.check("the audit has one record for each upload", records.length, 3);
}

/** Width and height of a PNG, from its header. */
function measuresOf(png: Buffer): string {
  return `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`;
}
