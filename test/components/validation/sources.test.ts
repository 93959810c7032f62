import { expect } from "chai";
import { type BucketSource, FanoutTopic, UploadBucket } from "../../../components/index.ts";
import { runProgram } from "../../harness/programs/program.ts";

/** What is said when a bucket is made a source by these rules. */
async function said(rules: Omit<BucketSource, "bucket">[], topic: object = {}): Promise<string> {
  let message = "";
  await runProgram(() => {
    const bucket = new UploadBucket("uploads");
    try {
      new FanoutTopic("media", {
        sources: rules.map((rule) => ({ bucket, ...rule })),
        consumers: [{ name: "a" }],
        ...topic,
      });
    } catch (error) {
      message = error instanceof Error ? error.message : String(error);
    }
    return {};
  });
  return message;
}

describe("the rules of a bucket", () => {
  const removed = ["s3:ObjectRemoved:*"];
  const fine: [string, Omit<BucketSource, "bucket">[]][] = [
    ["prefixes that exclude each other", [{ prefix: "a/" }, { prefix: "b/" }]],
    ["suffixes that exclude each other", [{ suffix: ".png" }, { suffix: ".jpg" }]],
    [
      "one prefix, suffixes that exclude each other",
      [
        { prefix: "a", suffix: ".png" },
        { prefix: "ab", suffix: ".jpg" },
      ],
    ],
    ["events that exclude each other", [{}, { events: removed }]],
    [
      "events on annotations and retention",
      [{ events: ["s3:ObjectAnnotation:*", "s3:ObjectRetention:Put"] }],
    ],
    [
      "each event on annotations",
      [{ events: ["s3:ObjectAnnotation:Put", "s3:ObjectAnnotation:Delete"] }],
    ],
    ["an event that S3 may have added", [{ events: ["s3:ObjectFolded:Once"] }]],
  ];
  for (const [what, rules] of fine) {
    it(`may have ${what}`, async () => {
      expect(await said(rules)).to.equal("");
    });
  }

  const overlapping: [string, Omit<BucketSource, "bucket">[]][] = [
    ["everything twice", [{}, {}]],
    ["a prefix within a prefix", [{ prefix: "img" }, { prefix: "img/raw" }]],
    ["a suffix within a suffix", [{ suffix: "g" }, { suffix: ".png" }]],
    ["an event within a family", [{ events: ["s3:ObjectCreated:Put"] }, {}]],
  ];
  for (const [what, rules] of overlapping) {
    it(`may not have ${what}`, async () => {
      const text = await said(rules);
      expect(text).to.match(
        /^FanoutTopic "media": 1 problem\n {2}- source 2: matches some of the same/,
      );
      expect(text).to.include("use prefixes or suffixes that exclude each other");
    });
  }

  const refused: [string, Omit<BucketSource, "bucket">, string][] = [
    [
      "an event that S3 has not",
      { events: ["s3:ObjectCreated"] },
      'source 1: events: S3 has no "s3:ObjectCreated"; did you mean "s3:ObjectCreated:*"?',
    ],
    [
      "a misspelled event",
      { events: ["s3:ObjectCreated:Putt"] },
      'source 1: events: S3 has no "s3:ObjectCreated:Putt"; did you mean "s3:ObjectCreated:Put"?',
    ],
    [
      "an event in another form",
      { events: ["ObjectFolded"] },
      'source 1: events: S3 has no "ObjectFolded"',
    ],
    [
      "a prefix that is too long when it is encoded",
      { prefix: "ä".repeat(171) },
      "source 1: prefix has 1026 characters when URL-encoded; S3 allows 1,024",
    ],
    [
      "an owner of its notifications, which is the UploadBucket's to say",
      { ownsNotifications: true },
      "source 1: ownsNotifications is a field of the UploadBucket; set it there",
    ],
    ["no event", { events: [] }, "source 1: events is empty; remove it for s3:ObjectCreated:*"],
    [
      "a star",
      { prefix: "img/*" },
      'source 1: prefix may not have a *: S3 matches the character itself (given "img/*")',
    ],
    [
      "a long suffix",
      { suffix: "x".repeat(1025) },
      "source 1: suffix has 1025 characters when URL-encoded; S3 allows 1,024",
    ],
  ];
  for (const [what, rule, text] of refused) {
    it(`may not have ${what}`, async () => {
      expect(await said([rule])).to.equal(`FanoutTopic "media": 1 problem\n  - ${text}`);
    });
  }

  it("are refused on a FIFO topic", async () => {
    expect(await said([{}], { fifo: true })).to.include(
      "source 1: S3 cannot publish to a FIFO topic; use a standard topic, or a function between them",
    );
  });

  it("let no filter on attributes through, for S3 sends none", async () => {
    const consumers = [{ name: "a", filter: { kind: ["x"] } }];
    expect(await said([{}], { consumers })).to.include(
      'consumer "a": filter applies to attributes, which events of S3 do not have; use filterScope "MessageBody" with { "Records": { ... } }',
    );
    const absent = [{ name: "a", filter: { kind: [{ exists: false }] } }];
    expect(await said([{}], { consumers: absent })).to.equal("");
  });
});
