import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { createObject } from "../../../handlers/samples/createObject.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { ObjectStore } from "../../harness/handlers/objectStore.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("createObject", () => {
  const s3 = new S3Client({ region: "eu-west-1" });
  let calls: SdkCalls;
  let buckets: ObjectStore;

  beforeEach(() => {
    calls = new SdkCalls();
    buckets = new ObjectStore(calls);
    calls.start();
  });

  afterEach(() => calls.stop());

  const create = (body: string) =>
    createObject(s3, { bucket: "log", key: "a/1.json", body, contentType: "application/json" });

  it("creates an object, and leaves one that is there as it is", async () => {
    expect(await create("first")).to.equal(true);
    expect(await create("second")).to.equal(false);
    const object = buckets.get("log", "a/1.json");
    expect(object?.bytes.toString()).to.equal("first");
    expect(object?.contentType).to.equal("application/json");
  });

  it("fails as S3 does otherwise", async () => {
    calls.on(PutObjectCommand, () => {
      throw new Error("slow down");
    });
    expect((await failureOf(create("first"))).message).to.equal("slow down");
  });
});
