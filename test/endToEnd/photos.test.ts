import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { samplePicture } from "../../systems/uploads/samplePicture.ts";
import { view } from "../harness/handlers/images.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { bodiesIn, itemsIn, keysIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

describe("photos, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems(["photos"]);
  });
  afterEach(() => test.cloud.close());

  const output = (name: string) => textOutput(test.system("photos"), name);
  const none = { resize: 0, metadata: 0, labels: 0 };

  async function upload(Key: string, Body: Buffer | string, size?: string): Promise<void> {
    const Metadata = size === undefined ? undefined : { size };
    await test.clients.s3.send(
      new PutObjectCommand({ Bucket: output("bucket"), Key, Body, Metadata }),
    );
    await test.cloud.settled();
  }

  it("are handled by three functions, without queues", async () => {
    await upload("a photo.png", samplePicture(600, 400));
    expect(await keysIn(test, output("resized"))).to.deep.equal(["a photo.png"]);
    expect(await itemsIn(test, output("metadataTable")))
      .to.have.lengthOf(1)
      .and.to.have.nested.property("[0]")
      .that.includes({ key: "a photo.png", format: "png", width: 600, height: 400 });
    expect(await itemsIn(test, output("labelsTable")))
      .to.have.lengthOf(1)
      .and.to.have.nested.property("[0].labels[0]", "landscape");
    const queues = Object.values(test.system("photos").consumers).map(({ queueUrl }) => queueUrl);
    expect(queues).to.deep.equal([undefined, undefined, undefined]);
    const between = test.cloud.hops().filter(({ kind }) => kind === "queued");
    expect(between).to.deep.equal([]);
  });

  it("are resized to the size that their uploader sets", async () => {
    await upload("small.png", samplePicture(600, 400), "60");
    const { Body } = await test.clients.s3.send(
      new GetObjectCommand({ Bucket: output("resized"), Key: "small.png" }),
    );
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(await view(bytes)).to.include({ width: 60, height: 40 });
  });

  it("that one function fails on are in its failure queue after three attempts; the other functions succeed", async () => {
    await upload("huge.png", samplePicture(30, 30), "huge");
    expect(await itemsIn(test, output("metadataTable"))).to.have.lengthOf(1);
    expect(await itemsIn(test, output("labelsTable"))).to.have.lengthOf(1);
    expect(await deadLettersOf(test, "photos")).to.deep.equal(none);

    await test.cloud.clock.advance(10 * 60_000);
    expect(await deadLettersOf(test, "photos")).to.deep.equal({ ...none, resize: 1 });
    const { resize } = test.system("photos").consumers;
    const [failure = "{}"] = await bodiesIn(test, resize?.deadLetterQueueUrl);
    const { requestContext, requestPayload, responsePayload } = JSON.parse(failure);
    expect(requestContext).to.include({
      condition: "RetriesExhausted",
      approximateInvokeCount: 3,
    });
    expect(responsePayload.errorMessage).to.contain('"huge.png"');
    const { Records } = JSON.parse(requestPayload.Records[0].Sns.Message);
    expect(Records[0].s3.object.key).to.equal("huge.png");
    expect(await keysIn(test, output("resized"))).to.deep.equal([]);
  });

  it("that cannot be delivered are in the undelivered queue of their subscription", async () => {
    const { resize } = test.system("photos").consumers;
    const resource = resize?.functionName ?? "";
    test.cloud.faults.deny({ principal: "sns.amazonaws.com", resource });
    await upload("photo.png", samplePicture(30, 30));
    await test.cloud.clock.advance(24 * 3_600_000);
    expect(await bodiesIn(test, resize?.undeliveredQueueUrl)).to.have.lengthOf(1);
    expect(await itemsIn(test, output("metadataTable"))).to.have.lengthOf(1);
  });

  it("that are no image are marked as such", async () => {
    await upload("notes.txt", "words");
    expect(await keysIn(test, output("resized"))).to.deep.equal([]);
    for (const table of ["metadataTable", "labelsTable"]) {
      const [item] = await itemsIn(test, output(table));
      expect(item, table).to.include({ key: "notes.txt", problem: "not an image" });
    }
    await test.cloud.clock.advance(10 * 60_000);
    expect(await deadLettersOf(test, "photos")).to.deep.equal(none);
  });

  it("that are removed are removed from every sink", async () => {
    await upload("photo.png", samplePicture(30, 30));
    await test.clients.s3.send(
      new DeleteObjectCommand({ Bucket: output("bucket"), Key: "photo.png" }),
    );
    await test.cloud.settled();
    expect(await keysIn(test, output("resized"))).to.deep.equal([]);
    expect(await itemsIn(test, output("metadataTable"))).to.deep.equal([]);
    expect(await itemsIn(test, output("labelsTable"))).to.deep.equal([]);
  });
});
