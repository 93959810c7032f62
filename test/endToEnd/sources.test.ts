import { expect } from "chai";
import { FanoutTopic, type Source, UploadBucket } from "../../components/index.ts";
import { byOwner } from "../../local/services/s3/requester.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

const consumers = [{ name: "all" }];

/** Topics with every kind of source, and one that lets its rule publish no more. */
async function program(): Promise<object> {
  const bucket = new UploadBucket("media");
  const topics: Record<string, Source[]> = {
    images: [{ bucket, suffix: ".png" }],
    films: [{ bucket, suffix: ".mp4" }],
    audit: [{ bucket, via: "eventBridge", events: ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"] }],
    orders: [{ eventPattern: { source: ["shop"] }, inputPath: "$.detail" }],
  };
  for (const [name, sources] of Object.entries(topics)) {
    new FanoutTopic(name, { sources, consumers, encryption: name === "orders" ? "kms" : "none" });
  }
  new FanoutTopic("ticks", {
    fifo: true,
    sources: [{ schedule: "rate(1 minute)", payload: "tick", messageGroupId: "clock" }],
    consumers,
  });
  new FanoutTopic("closed", {
    sources: [
      { eventPattern: { source: ["shop"] } },
      { schedule: "rate(1 minute)", payload: { every: "minute" } },
    ],
    consumers,
    // Denies whatever has the key, and thus every call.
    transform: {
      topicPolicy: (args) => ({
        ...args,
        policy: args.policy.apply((policy) => policy.replace('{"Bool":', '{"Null":')),
      }),
    },
  });
  return {};
}

describe("the sources of topics, on the local cloud", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun([], { program });
    await test.settle();
  });
  after(() => test.close());

  /** The messages of a queue, by its name without Pulumi's suffix. */
  function messages(name: string) {
    const { queues } = test.run.cloud;
    const queue = queues.list().find((each) => each.name.replace(/-[0-9a-f]{7}/, "") === name);
    return queue === undefined ? [] : queues.peek(queue.arn, 10);
  }

  const bodies = (name: string) => messages(name).map(({ body }) => JSON.parse(body));

  it("split the objects of a bucket by suffix, and send them to EventBridge beside", async () => {
    const { buckets } = test.run.cloud;
    const [bucket] = buckets.list();
    for (const key of ["a.png", "b.mp4"]) {
      const object = { bucket: bucket?.name ?? "", key, bytes: Buffer.from("x"), headers: {} };
      buckets.objects.put(object, byOwner());
    }
    await test.settle();
    const keys = (queue: string) =>
      bodies(queue).flatMap(({ Records = [] }) =>
        Records.map((record: { s3: { object: { key: string } } }) => record.s3.object.key),
      );
    expect(keys("images-all")).to.deep.equal(["a.png"]);
    expect(keys("films-all")).to.deep.equal(["b.mp4"]);
    const events = bodies("audit-all");
    expect(events.map(({ detail }) => detail.object.key)).to.deep.equal(["a.png", "b.mp4"]);
  });

  it("publish a part of an event, also to an encrypted topic", async () => {
    const event = { source: "shop", detailType: "placed", detail: { order: 7 } };
    test.run.cloud.events.put(event);
    await test.settle();
    expect(bodies("orders-all")).to.deep.equal([{ order: 7 }]);
  });

  it("keep events that the topic does not accept, with the reason", () => {
    const [letter] = messages("closed-events-unpublished");
    expect(letter && JSON.parse(letter.body)).to.have.nested.property("detail.order", 7);
    expect(letter?.attributes.ERROR_CODE?.stringValue).to.equal("NO_PERMISSIONS");
  });

  it("publish on a schedule to a FIFO topic, each run once", async () => {
    await test.clock.advance(120_000);
    await test.settle();
    expect(messages("ticks-all.fifo").map(({ body }) => body)).to.deep.equal(["tick", "tick"]);
  });

  it("keep what a schedule could not publish", () => {
    expect(bodies("closed-schedule-unpublished")).to.deep.equal([
      { every: "minute" },
      { every: "minute" },
    ]);
  });
});
