import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../../components/index.ts";
import { resource } from "../../harness/programs/graph.ts";
import { problemsOf } from "../../harness/programs/problems.ts";
import { runProgram } from "../../harness/programs/program.ts";

/** Problems of a consumer with this filter on the body, behind a bucket or what `topic` has. */
async function problems(filter: object, topic: object = {}): Promise<string[]> {
  let found: string[] = [];
  await runProgram(() => {
    const sources = [{ bucket: new UploadBucket("uploads") }];
    const consumers = [{ name: "a", filter, filterScope: "MessageBody" }];
    found = problemsOf({ sources, consumers, ...topic });
    return {};
  });
  return found;
}

const ofKey = (values: unknown[]) => ({ Records: { s3: { object: { key: values } } } });
const ofEvent = (...values: unknown[]) => ({ Records: { eventName: values } });
const prefix = 'error: consumer "a": filter: ';

describe("the prefix and suffix of a source", () => {
  const encodings: [string, string][] = [
    ["raw/year=2026/", "raw/year%3D2026/"],
    ["my photos/", "my+photos/"],
    ["a+b/", "a%2Bb/"],
    ["50%/", "50%25/"],
    ["größe/", "gr%C3%B6%C3%9Fe/"],
    ["a&b,c;d:e@f?g$", "a%26b%2Cc%3Bd%3Ae%40f%3Fg%24"],
    ["plain/A-1_2.3", "plain/A-1_2.3"],
  ];
  for (const [given, encoded] of encodings) {
    it(`reach S3 URL-encoded: ${given} as ${encoded}`, async () => {
      const run = await runProgram(() => {
        const bucket = new UploadBucket("uploads");
        const sources = [{ bucket, prefix: given, suffix: given }];
        return new FanoutTopic("media", { sources, consumers: [{ name: "a" }] });
      });
      const type = "aws:s3/bucketNotification:BucketNotification";
      expect(resource(run, type, "uploads").inputs.topics).to.deep.include({
        id: "media-1",
        topicArn: "arn:aws:sns:eu-west-1:123456789012:media-1a2b3c4",
        events: ["s3:ObjectCreated:*"],
        filterPrefix: encoded,
        filterSuffix: encoded,
      });
    });
  }
});

describe("a filter on the body behind a bucket", () => {
  const matching: [string, object][] = [
    ["an event's name", ofEvent("ObjectCreated:Put", { prefix: "ObjectCreated:" })],
    ["an event that S3 may add", ofEvent("ObjectFolded:Once")],
    ["any name but one", ofEvent({ "anything-but": ["ObjectCreated:Copy"] })],
    [
      "an encoded key",
      ofKey(["raw/year%3D2026/a.csv", { prefix: "raw/year%3" }, { suffix: "%3D" }]),
    ],
    ["a key with a plus for a space", ofKey([{ wildcard: "my+photos/*.jpg" }])],
    ["a size", { Records: { s3: { object: { size: [{ numeric: [">", 0] }] } } } }],
    ["a branch each", { $or: [ofEvent("ObjectCreated:Put"), ofKey([{ prefix: "a/" }])] }],
    ["the absence of a field", { detail: [{ exists: false }] }],
    ["an invalid filter, which another rule rejects", ofEvent({ starts: "x" })],
  ];
  for (const [what, filter] of matching) {
    it(`passes with ${what}`, async () => {
      expect(
        (await problems(filter)).filter((text) => !text.includes("Unrecognized")),
      ).to.deep.equal([]);
    });
  }

  const names =
    'matches no event of S3; messages have names such as "ObjectCreated:Put", without "s3:"';
  const family = '; use { "prefix": "ObjectCreated:" }';
  const encoded = (from: string, to: string) =>
    `matches no key: keys in messages are URL-encoded, so that "${from}" is "${to}"`;
  const never: [object, string][] = [
    [ofEvent("s3:ObjectCreated:Put"), `at "Records.eventName": "s3:ObjectCreated:Put" ${names}`],
    [
      ofEvent("s3:ObjectCreated:*"),
      `at "Records.eventName": "s3:ObjectCreated:*" ${names}${family}`,
    ],
    [ofEvent("ObjectCreated:*"), `at "Records.eventName": "ObjectCreated:*" ${names}${family}`],
    [ofEvent({ prefix: "s3:Object" }), `at "Records.eventName": {"prefix":"s3:Object"} ${names}`],
    [ofEvent({ "anything-but": ["s3:x"] }), `at "Records.eventName": "s3:x" ${names}`],
    [
      ofEvent("ObjectRemoved:Delete"),
      'at "Records.eventName": "ObjectRemoved:Delete" matches no event that the sources publish (s3:ObjectCreated:*)',
    ],
    [
      ofKey([{ prefix: "raw/year=2026/" }]),
      `at "Records.s3.object.key": {"prefix":"raw/year=2026/"} ${encoded("raw/year=2026/", "raw/year%3D2026/")}`,
    ],
    [
      ofKey([{ prefix: "my photos/" }]),
      `at "Records.s3.object.key": {"prefix":"my photos/"} ${encoded("my photos/", "my+photos/")}`,
    ],
    [
      ofKey([{ suffix: " (1).jpg" }]),
      `at "Records.s3.object.key": {"suffix":" (1).jpg"} ${encoded(" (1).jpg", "+%281%29.jpg")}`,
    ],
    [
      ofKey([{ wildcard: "a=*" }]),
      `at "Records.s3.object.key": {"wildcard":"a=*"} ${encoded("a=", "a%3D")}`,
    ],
    [ofKey(["ä"]), `at "Records.s3.object.key": "ä" ${encoded("ä", "%C3%A4")}`],
    [ofKey(["%3d"]), `at "Records.s3.object.key": "%3d" ${encoded("%3d", "%253d")}`],
    [
      { Records: { eventSource: ["s3.amazonaws.com"] } },
      'at "Records.eventSource": "s3.amazonaws.com" is not "aws:s3"',
    ],
    [
      { Records: { s3: { object: { size: ["100"] } } } },
      'at "Records.s3.object.size": "100" matches no size, which is a number',
    ],
    [
      { eventName: ["ObjectCreated:Put"] },
      'messages of S3 have no "eventName"; their fields are in "Records"; did you mean "Records.eventName"?',
    ],
  ];
  for (const [filter, text] of never) {
    it(`is rejected because it never matches: ${JSON.stringify(filter)}`, async () => {
      expect(await problems(filter)).to.deep.equal([prefix + text]);
    });
  }

  it("is checked for a bucket of another account, too", async () => {
    const publishers = [{ service: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::partner" }];
    expect(await problems(ofEvent("s3:x"), { sources: [], publishers })).to.deep.equal([
      `${prefix}at "Records.eventName": "s3:x" ${names}`,
    ]);
  });

  it("may have fields of other publishers", async () => {
    const publishers = [{ service: "events.amazonaws.com" }];
    expect(await problems({ detail: { kind: ["x"] } }, { publishers })).to.deep.equal([]);
  });

  it("is a warning for a field that S3's events do not have", async () => {
    expect(await problems({ Records: { s3: { object: { name: ["x"] } } } })).to.deep.equal([
      'warning: consumer "a": filter: events of S3 have no "Records.s3.object.name"; did you mean "Records.s3.object.size"?',
    ]);
  });
});
