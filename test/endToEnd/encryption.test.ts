import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs, UploadBucket } from "../../components/index.ts";
import type { Hop } from "../../local/trace/hop.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { type RunningSystems, startProgram } from "../harness/runs/systems.ts";

const handler = "test/fixtures/handlers/echo.ts";

/** A program of one encrypted topic with a worked queue and a function. */
function start(args: () => Partial<FanoutTopicArgs>): Promise<RunningSystems> {
  const program = async () => {
    const { topicArn } = new FanoutTopic("news", {
      consumers: [
        { name: "mail", handler },
        { name: "direct", kind: "function", handler },
      ],
      ...args(),
    });
    return { topicArn };
  };
  return startProgram(program);
}

describe("an encrypted topic", () => {
  let test: RunningSystems;
  afterEach(() => test.cloud.close());

  const hops = (kind: Hop["kind"]) => test.cloud.hops().filter((hop) => hop.kind === kind);
  const publish = async () => {
    const TopicArn = String(test.cloud.outputs.topicArn);
    await test.clients.sns.send(new PublishCommand({ TopicArn, Message: "text" }));
    await test.cloud.settled();
  };

  it("delivers events of a bucket to every function", async () => {
    test = await start(() => ({
      encryption: "kms",
      sources: [{ bucket: new UploadBucket("pictures") }],
    }));
    await test.cloud.settled();
    expect(hops("denied")).to.deep.equal([]);
    const handled = hops("handled").length;
    await test.clients.s3.send(new PutObjectCommand({ Bucket: "pictures", Key: "a", Body: "x" }));
    await test.cloud.settled();
    expect(hops("denied")).to.deep.equal([]);
    expect(hops("handled")).to.have.lengthOf(handled + 2);
  });

  it("delivers to no queue whose key denies it, and names the key", async () => {
    test = await start(() => ({ encryption: { key: new aws.kms.Key("theirs") } }));
    await publish();
    const [denied] = hops("denied");
    expect(denied?.to).to.match(/:news-mail$/);
    expect(denied && "reason" in denied && denied.reason).to.match(
      /sns\.amazonaws\.com.*kms:GenerateDataKey.*:key\/theirs/,
    );
    expect(hops("handled").map(({ from, to }) => [from, to].join())).to.have.lengthOf(1);
  });
});

describe("a bucket's events", () => {
  it("are rejected at the start by a topic whose key does not allow the bucket", async () => {
    const failure = await failureOf(
      start(() => ({
        encryption: { key: new aws.kms.Key("theirs") },
        sources: [{ bucket: new UploadBucket("pictures") }],
      })),
    );
    expect(failure.message).to.match(/BucketNotification \(pictures\): error: .*key\/theirs/s);
  });
});
