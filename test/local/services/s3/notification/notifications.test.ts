import { expect } from "chai";
import type { NotificationRule } from "../../../../../local/services/s3/notification/rules.ts";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeBuckets, region, requester, topicArn } from "../../../../harness/cloud/buckets.ts";

const everything: NotificationRule = {
  id: "everything",
  topicArn,
  events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:*"],
};

describe("a bucket's events", () => {
  function makeNotified(rules: readonly NotificationRule[] = [everything]) {
    const made = makeBuckets();
    made.buckets.create("photos");
    made.buckets.setNotification("photos", rules, requester);
    made.published.splice(0);
    return made;
  }

  function sequencers({ records }: ReturnType<typeof makeBuckets>): string[] {
    return records().map((record) => record.s3.object.sequencer);
  }

  it("pass X-Ray's header of the upload on", () => {
    const { published, buckets } = makeNotified();
    const bytes = Buffer.from("meow");
    const traceHeader = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Sampled=1";
    const request = { bucket: "photos", key: "cat", bytes, headers: {} };
    buckets.objects.put(request, { ...requester, traceHeader });
    expect(published[0]?.publication.traceHeader).to.equal(traceHeader);
  });

  it("tell of a put in S3's own words, in S3's order", () => {
    const { published, put } = makeNotified();
    put("photos", "my cat.png", "meow");
    expect(published).to.have.length(1);
    const [{ publication, topicArn: to } = { publication: undefined, topicArn: "" }] = published;
    expect(to).to.equal(topicArn);
    expect(publication?.message).to.equal(
      JSON.stringify({
        Records: [
          {
            eventVersion: "2.1",
            eventSource: "aws:s3",
            awsRegion: region,
            eventTime: "2026-01-01T00:00:00.000Z",
            eventName: "ObjectCreated:Put",
            userIdentity: { principalId: "AWS:root" },
            requestParameters: { sourceIPAddress: "127.0.0.1" },
            responseElements: { "x-amz-request-id": "REQUEST", "x-amz-id-2": "host" },
            s3: {
              s3SchemaVersion: "1.0",
              configurationId: "everything",
              bucket: {
                name: "photos",
                ownerIdentity: { principalId: "A0000000000000" },
                arn: "arn:aws:s3:::photos",
              },
              object: {
                key: "my+cat.png",
                size: 4,
                eTag: "4a4be40c96ac6314e91d93f38043a634",
                sequencer: "000000000000000002",
              },
            },
          },
        ],
      }),
    );
  });

  it("come from the service S3, for this bucket of this account", () => {
    const { published, put } = makeNotified();
    put("photos", "cat");
    const { message: _, ...envelope } = published[0]?.publication ?? { message: "" };
    expect(envelope).to.deep.equal({
      subject: "Amazon S3 Notification",
      by: { kind: "service", name: "s3.amazonaws.com" },
      context: {
        "aws:SourceArn": "arn:aws:s3:::photos",
        "aws:SourceAccount": "000000000000",
        "aws:SecureTransport": "true",
      },
      event: "REQUEST",
      from: "arn:aws:s3:::photos",
    });
  });

  it("write keys as a form would", () => {
    const { put, records } = makeNotified();
    put("photos", "a/b c+d%é@(1)*!'~.png");
    expect(records()[0].s3.object.key).to.equal("a/b+c%2Bd%25%C3%A9%40%281%29*%21%27%7E.png");
  });

  it("tell of a deletion without size and ETag, and of none that deleted nothing", () => {
    const { put, remove, records, published } = makeNotified();
    put("photos", "cat");
    remove("photos", "cat");
    remove("photos", "cat");
    expect(published).to.have.length(2);
    expect(records()[1].eventName).to.equal("ObjectRemoved:Delete");
    expect(records()[1].s3.object).to.deep.equal({ key: "cat", sequencer: "000000000000000003" });
  });

  it("name the versions of a bucket that keeps them, and the marker of a deletion", () => {
    const { buckets, put, remove, records } = makeNotified();
    buckets.setVersioning("photos", "Enabled");
    const { versionId } = put("photos", "cat");
    const marker = remove("photos", "cat");
    remove("photos", "cat", versionId);
    const told = records().map(({ eventName, s3 }) => [eventName, s3.object.versionId]);
    expect(told).to.deep.equal([
      ["ObjectCreated:Put", versionId],
      ["ObjectRemoved:DeleteMarkerCreated", marker.versionId],
      ["ObjectRemoved:Delete", versionId],
    ]);
  });

  it("have sequencers that grow with every change", () => {
    const made = makeNotified();
    for (let round = 0; round < 20; round++) {
      made.put("photos", "cat", String(round));
      made.remove("photos", "cat");
    }
    const told = sequencers(made);
    expect(told).to.have.length(40);
    expect(told).to.deep.equal([...new Set(told)].sort());
  });

  it("reach only the rules for their kind and key", () => {
    const rules: NotificationRule[] = [
      { id: "png", topicArn, events: ["s3:ObjectCreated:Put"], prefix: "img/", suffix: ".png" },
      { id: "gone", topicArn, events: ["s3:ObjectRemoved:Delete"] },
      { id: "copies", topicArn, events: ["s3:ObjectCreated:Copy"] },
      { id: "spaced", topicArn, events: ["s3:ObjectCreated:Put"], prefix: "my+cats/" },
    ];
    const { put, remove, records } = makeNotified(rules);
    put("photos", "img/cat.png");
    put("photos", "img/cat.jpg");
    put("photos", "cat.png");
    put("photos", "my cats/tom");
    remove("photos", "img/cat.jpg");
    const told = records().map(({ s3 }) => [s3.configurationId, s3.object.key]);
    expect(told).to.deep.equal([
      ["png", "img/cat.png"],
      ["spaced", "my+cats/tom"],
      ["gone", "img/cat.jpg"],
    ]);
  });

  it("are none when nothing was written", () => {
    const { put, published, trace } = makeNotified();
    put("photos", "cat", "one");
    const again = () => put("photos", "cat", "two", { conditions: { ifNoneMatch: "*" } });
    expect(awsErrorOf(again).code).to.equal("PreconditionFailed");
    expect(published).to.have.length(1);
    expect(trace.recent().filter(({ kind }) => kind === "stored")).to.have.length(1);
  });

  it("and the change they tell of are one: when the telling breaks, nothing is changed", () => {
    let broken = false;
    const { buckets, put, remove, text } = makeBuckets({
      topics: {
        publish() {
          if (broken) throw new Error("a fault of the local cloud's own");
          return { messageId: "message" };
        },
      },
    });
    buckets.create("photos");
    buckets.setNotification("photos", [everything]);
    put("photos", "cat", "one");
    broken = true;
    expect(() => put("photos", "cat", "two")).to.throw("a fault of the local cloud's own");
    expect(() => remove("photos", "cat")).to.throw("a fault of the local cloud's own");
    expect(text("photos", "cat")).to.equal("one");
  });

  it("are traced, whether or not anybody is told", () => {
    const { put, trace } = makeNotified([]);
    put("photos", "cat");
    expect(trace.recent()).to.deep.equal([
      {
        sequence: 1,
        time: Date.UTC(2026, 0, 1),
        event: "REQUEST",
        from: "arn:aws:iam::000000000000:root",
        to: "arn:aws:s3:::photos",
        kind: "stored",
        key: "cat",
        eventName: "ObjectCreated:Put",
      },
    ]);
  });
});

describe("a bucket's notification configuration", () => {
  it("is tried out with a test event, which has no records", () => {
    const { buckets, published } = makeBuckets();
    buckets.create("photos");
    buckets.setNotification("photos", [everything], requester);
    expect(published).to.have.length(1);
    expect(published[0]?.publication.subject).to.equal("Amazon S3 Notification");
    expect(published[0]?.publication.message).to.equal(
      '{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"photos","RequestId":"REQUEST","HostId":"host"}',
    );
  });

  it("replaces the one before", () => {
    const { buckets, put, records } = makeBuckets();
    buckets.create("photos");
    buckets.setNotification("photos", [everything]);
    buckets.setNotification("photos", [{ ...everything, id: "other", prefix: "x" }]);
    put("photos", "cat");
    expect(records()).to.deep.equal([]);
    expect(buckets.get("photos").notification.map(({ id }) => id)).to.deep.equal(["other"]);
  });

  const refused: [string, readonly NotificationRule[], string][] = [
    [
      "an ARN that is none",
      [{ ...everything, topicArn: "uploads" }],
      "The ARN could not be parsed",
    ],
    [
      "a queue",
      [{ ...everything, topicArn: "arn:aws:sqs:eu-west-1:000000000000:q" }],
      "The ARN could not be parsed",
    ],
    [
      "a topic of another region",
      [{ ...everything, topicArn: topicArn.replace("eu-west-1", "us-east-1") }],
      "The notification destination service region is not valid for the bucket location constraint",
    ],
    [
      "an event that S3 has not",
      [{ ...everything, events: ["s3:ObjectCreated"] }],
      "A specified event is not supported for notifications.",
    ],
    [
      "no event",
      [{ ...everything, events: [] }],
      "A specified event is not supported for notifications.",
    ],
    [
      "one id twice",
      [everything, { ...everything, events: ["s3:ObjectRestore:Post"] }],
      "Same ID used for multiple configurations. IDs must be unique",
    ],
    [
      "a FIFO topic",
      [{ ...everything, topicArn: `${topicArn}.fifo` }],
      "Unable to validate the following destination configurations",
    ],
  ];
  for (const [what, rules, message] of refused) {
    it(`may not name ${what}`, () => {
      const { buckets, published } = makeBuckets();
      buckets.create("photos");
      const refusal = awsErrorOf(() => buckets.setNotification("photos", rules));
      expect(refusal).to.deep.equal({ code: "InvalidArgument", message });
      expect(published).to.deep.equal([]);
      expect(buckets.get("photos").notification).to.deep.equal([]);
    });
  }

  const created = "s3:ObjectCreated:*";
  const put = "s3:ObjectCreated:Put";
  const pairs: [string, Partial<NotificationRule>, Partial<NotificationRule>, boolean][] = [
    ["the same event and no filter", { events: [put] }, { events: [put] }, true],
    ["an event and its kind", { events: [created] }, { events: [put] }, true],
    ["other events", { events: [put] }, { events: ["s3:ObjectCreated:Copy"] }, false],
    ["prefixes apart", { prefix: "a/" }, { prefix: "b/" }, false],
    ["one prefix in the other", { prefix: "a" }, { prefix: "a/b" }, true],
    ["a prefix and none", { prefix: "a" }, {}, true],
    ["suffixes apart", { suffix: ".png" }, { suffix: ".jpg" }, false],
    ["one suffix in the other", { suffix: "png" }, { suffix: ".png" }, true],
    [
      "one prefix in the other, suffixes apart",
      { prefix: "a", suffix: ".png" },
      { prefix: "a/b", suffix: ".jpg" },
      false,
    ],
  ];
  for (const [what, a, b, overlap] of pairs) {
    it(`${overlap ? "overlaps" : "does not overlap"} with ${what}`, () => {
      const { buckets } = makeBuckets();
      buckets.create("photos");
      const rules = [
        { ...everything, id: "a", ...a },
        { ...everything, id: "b", ...b },
      ];
      const set = () => buckets.setNotification("photos", rules);
      if (!overlap) return set();
      expect(awsErrorOf(set).message).to.equal(
        "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
      );
    });
  }
});
