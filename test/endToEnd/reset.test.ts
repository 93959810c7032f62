import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { systemNames } from "../../systems/index.ts";
import { samplePicture } from "../../systems/uploads/samplePicture.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn, keysIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const user = { userId: "ada", name: "Ada", email: "ada@example.com", plan: "free" };
const registration = { message: { ...user, time: "2026-01-31T12:00:00Z" } };

describe("all systems after a reset", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startSystems(systemNames);
  });
  after(() => test.cloud.close());

  /** What the console shows of every resource, and of what is in it. */
  async function overview(): Promise<unknown> {
    return (await fetch(`${test.cloud.endpoint}/_fanout/api/overview`)).json();
  }

  /** Brings events to queues, functions, tables, buckets and people. */
  async function useSystems() {
    const Bucket = textOutput(test.system("uploads"), "bucket");
    const Body = samplePicture(10, 10);
    await test.clients.s3.send(new PutObjectCommand({ Bucket, Key: "one.png", Body }));
    await publishTo(test, "user-registration", registration);
    await test.cloud.settled();
    return {
      thumbnails: await keysIn(test, textOutput(test.system("uploads"), "thumbnails")),
      items: await itemsIn(test, textOutput(test.system("uploads"), "catalogTable")),
      mails: test.cloud.sent().map(({ subject }) => subject),
    };
  }

  it("are as they were after the start, and work as they did", async () => {
    const before = await overview();
    const first = await useSystems();
    expect(first.items).to.have.lengthOf(1);
    await test.cloud.reset();
    expect(await overview()).to.deep.equal(before);
    const second = await useSystems();
    expect(second.items.map(({ key }) => key)).to.deep.equal(first.items.map(({ key }) => key));
    expect(second.thumbnails).to.have.lengthOf(first.thumbnails.length);
    expect(second.mails).to.deep.equal(first.mails);
  });
});
