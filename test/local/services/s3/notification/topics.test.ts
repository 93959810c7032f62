import { expect } from "chai";
import type { Authorize } from "../../../../../local/protocol/access.ts";
import { S3Error } from "../../../../../local/services/s3/s3Error.ts";
import { makeBuckets, requester } from "../../../../harness/cloud/buckets.ts";
import { makeTopics } from "../../../../harness/cloud/topics.ts";

describe("a bucket and the topics that it notifies", () => {
  const key = "arn:aws:kms:eu-west-1:000000000000:key/1";
  const denied = { allowed: false, reason: "no statement lets s3.amazonaws.com in" } as const;

  function makeBoth() {
    const deniedActions = new Set<string>();
    const authorize: Authorize = ({ action }) =>
      deniedActions.has(action) ? denied : { allowed: true };
    const messaging = makeTopics({ authorize });
    const storage = makeBuckets({ topics: messaging.topics, clock: messaging.clock });
    const { arn } = messaging.topics.create("uploads", { KmsMasterKeyId: key });
    storage.buckets.create("photos");
    return {
      ...storage,
      ...messaging,
      trace: storage.trace,
      topicArn: arn,
      notify: (...topicArns: string[]) =>
        storage.buckets.setNotification(
          "photos",
          topicArns.map((topicArn, index) => ({
            id: `rule ${index}`,
            topicArn,
            events: ["s3:ObjectCreated:*"],
            prefix: `${index}/`,
          })),
          requester,
        ),
      deny: (action: string) => deniedActions.add(action),
    };
  }

  function detailsOf(work: () => void): Readonly<Record<string, string>> {
    try {
      work();
    } catch (error) {
      if (error instanceof S3Error) return error.details;
      throw error;
    }
    throw new Error("nothing was thrown");
  }

  it("hands events to the topic's subscribers, after the test event", async () => {
    const { topics, queues, notify, put, topicArn, activity, receive } = makeBoth();
    const queue = queues.create("thumbnails");
    topics.subscribe(topicArn, "sqs", queue.arn, { RawMessageDelivery: "true" });
    notify(topicArn);
    put("photos", "0/cat");
    await activity.idle();
    const messages = receive(queue.arn).map(({ body }) => JSON.parse(body));
    expect(messages).to.have.length(2);
    expect(messages[0].Event).to.equal("s3:TestEvent");
    expect(messages[1].Records[0].s3.object.key).to.equal("0/cat");
  });

  it("is refused with each topic that does not exist or does not let the bucket in", () => {
    const { notify, topicArn, deny, buckets } = makeBoth();
    deny("sns:Publish");
    expect(detailsOf(() => notify(topicArn, `${topicArn}-missing`))).to.deep.equal({
      ArgumentName1: topicArn,
      ArgumentValue1: `Permissions on the destination topic do not allow S3 to publish notifications from this bucket: User: arn:aws:s3:::photos is not authorized to perform: SNS:Publish on resource: ${topicArn}. no statement lets s3.amazonaws.com in`,
      ArgumentName2: `${topicArn}-missing`,
      ArgumentValue2: "The destination topic does not exist",
    });
    expect(buckets.get("photos").notification).to.deep.equal([]);
  });

  it("traces what the topic's policy no longer takes, and keeps the object", () => {
    const { notify, topicArn, deny, put, text, trace } = makeBoth();
    notify(topicArn);
    deny("sns:Publish");
    put("photos", "0/cat", "meow");
    expect(text("photos", "0/cat")).to.equal("meow");
    const last = trace.recent().at(-1);
    expect(last).to.deep.include({
      kind: "denied",
      event: "REQUEST",
      from: "arn:aws:s3:::photos",
      to: topicArn,
    });
    expect(last).to.have.property("reason").that.includes(denied.reason);
  });

  it("traces what the topic's key does not let in, and is refused for it at first", () => {
    const { notify, topicArn, deny, put, trace } = makeBoth();
    notify(topicArn);
    deny("kms:GenerateDataKey");
    put("photos", "0/cat");
    expect(trace.recent().at(-1)).to.deep.include({ kind: "denied", to: topicArn });
    expect(detailsOf(() => notify(topicArn))).to.have.property("ArgumentName1", topicArn);
  });

  it("traces that an event is lost when the topic is gone", () => {
    const { notify, topicArn, topics, put, trace } = makeBoth();
    notify(topicArn);
    topics.delete(topicArn);
    put("photos", "0/cat");
    const last = trace.recent().at(-1);
    expect(last).to.deep.include({ kind: "dropped", to: topicArn, event: "REQUEST" });
  });
});
