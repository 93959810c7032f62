import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { samplePicture } from "../../systems/uploads/samplePicture.ts";
import { countsOf, itemsIn, keysIn, textIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

describe("uploads, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems(["uploads"]);
  });
  afterEach(() => test.cloud.close());

  const output = (name: string) => textOutput(test.system("uploads"), name);
  const thumbnails = async () =>
    (await keysIn(test, output("thumbnails"))).filter((key) => !key.startsWith("audit/"));
  const records = () => keysIn(test, output("thumbnails"), "audit/");

  async function upload(key: string, body: Buffer | string): Promise<void> {
    await test.clients.s3.send(
      new PutObjectCommand({ Bucket: output("bucket"), Key: key, Body: body }),
    );
    await test.cloud.settled();
  }

  it("start empty: the test event of S3 reaches every queue, and is ignored", async () => {
    await test.cloud.settled();
    expect(await itemsIn(test, output("catalogTable"))).to.deep.equal([]);
    expect(await keysIn(test, output("thumbnails"))).to.deep.equal([]);
    for (const consumer of Object.values(test.system("uploads").consumers)) {
      expect(await countsOf(test, consumer.queueUrl)).to.deep.equal({ visible: 0, inFlight: 0 });
    }
  });

  it("get a thumbnail, an item in the catalog and an audit record under their key", async () => {
    const key = "a b/plus+plus/100% ü 漢字.png";
    const body = samplePicture(300, 300);
    await upload(key, body);
    expect(await thumbnails()).to.deep.equal([key]);
    expect(await itemsIn(test, output("catalogTable")))
      .to.have.lengthOf(1)
      .and.to.have.nested.property("[0]")
      .that.includes({ key, size: body.length });
    const [record = ""] = await records();
    expect(JSON.parse(await textIn(test, output("thumbnails"), record))).to.deep.include({ key });
  });

  it("that are no image get no thumbnail, and fail nowhere", async () => {
    await upload("notes.txt", "words");
    expect(await thumbnails()).to.deep.equal([]);
    expect(await itemsIn(test, output("catalogTable"))).to.have.lengthOf(1);
    await test.cloud.clock.advance(6 * 3_600_000);
    for (const consumer of Object.values(test.system("uploads").consumers)) {
      expect(await countsOf(test, consumer.deadLetterQueueUrl)).to.deep.equal({
        visible: 0,
        inFlight: 0,
      });
    }
  });

  it("that are copied count as new, and those that are removed disappear from every sink", async () => {
    await upload("one.png", samplePicture(10, 10));
    await test.clients.s3.send(
      new CopyObjectCommand({
        Bucket: output("bucket"),
        Key: "two.png",
        CopySource: `${output("bucket")}/one.png`,
      }),
    );
    await test.cloud.settled();
    expect(await thumbnails()).to.deep.equal(["one.png", "two.png"]);
    await test.clients.s3.send(
      new DeleteObjectCommand({ Bucket: output("bucket"), Key: "one.png" }),
    );
    await test.cloud.settled();
    expect(await thumbnails()).to.deep.equal(["two.png"]);
    const items = await itemsIn(test, output("catalogTable"));
    expect(items.map(({ key }) => key)).to.deep.equal(["two.png"]);
    expect(await records()).to.have.lengthOf(3);
  });

  it("are all in every sink, each once, for two hundred files", async () => {
    const keys = Array.from(
      { length: 200 },
      (_, index) => `files/${String(index).padStart(4, "0")}`,
    );
    await Promise.all(
      keys.map((key) =>
        test.clients.s3.send(
          new PutObjectCommand({ Bucket: output("bucket"), Key: key, Body: key }),
        ),
      ),
    );
    await test.cloud.settled();
    const items = await itemsIn(test, output("catalogTable"));
    expect(items.map(({ key }) => key).sort()).to.deep.equal(keys);
    expect(await records()).to.have.lengthOf(200);
  });
});
