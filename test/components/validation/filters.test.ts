import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const uploads = { bucket: "uploads" };
const s3 = { service: "s3.amazonaws.com", account: "210987654321" };
const others = { service: "events.amazonaws.com", account: "210987654321" };

const problems = (consumer: object, topic: object = {}) =>
  consumerProblems(consumer, topic).map((line) => line.replace('consumer "a": ', ""));

const onBody = (filter: object) => ({ filter, filterScope: "MessageBody" });

describe("a filter on attributes of a topic that S3 publishes to", () => {
  const never =
    'error: filter applies to attributes, which events of S3 do not have; use filterScope "MessageBody" with { "Records": { ... } }';
  const topics: [what: string, topic: object, expected: string[]][] = [
    ["a bucket's notifications", { sources: [uploads] }, [never]],
    ["a bucket of another account", { publishers: [s3] }, [never]],
    ["both", { sources: [uploads], publishers: [s3] }, [never]],
    ["a bucket by EventBridge", { sources: [{ ...uploads, via: "eventBridge" }] }, []],
    ["a bucket and another service", { sources: [uploads], publishers: [others] }, []],
    [
      "a bucket and a schedule",
      { sources: [uploads, { schedule: "rate(1 day)", payload: "x" }] },
      [],
    ],
    [
      "a bucket, and whoever else publishes to an existing topic",
      { publishers: [s3], existingTopicArn: "arn:aws:sns:eu-west-1:123456789012:news" },
      [],
    ],
    ["nobody that is named", {}, []],
  ];
  for (const [what, topic, expected] of topics) {
    it(`${expected.length > 0 ? "never matches" : "may match"}: ${what}`, () => {
      expect(problems({ filter: { kind: ["a"] } }, topic)).to.deep.equal(expected);
    });
  }

  it("matches by the absence of all of its attributes", () => {
    const absent = [{ exists: false }];
    const of = (filter: object) => problems({ filter }, { sources: [uploads] });
    expect(of({ kind: absent, size: ["x", ...absent] })).to.deep.equal([]);
    expect(of({ kind: absent, size: ["x"] })).to.deep.equal([never]);
    expect(of({ kind: [{ exists: true }] })).to.deep.equal([never]);
  });

  it("is not asked for", () => {
    expect(problems({}, { sources: [uploads] })).to.deep.equal([]);
  });
});

describe("a filter on the body of a topic that S3 publishes to", () => {
  const removed = onBody({ Records: { eventName: ["ObjectRemoved:Delete"] } });

  it("matches events of the sources, if nobody else publishes", () => {
    expect(problems(removed, { sources: [uploads] })).to.deep.equal([
      'error: filter: at "Records.eventName": "ObjectRemoved:Delete" matches no event that the sources publish (s3:ObjectCreated:*)',
    ]);
    const both = [uploads, { bucket: "other", events: ["s3:ObjectRemoved:*"] }];
    expect(problems(removed, { sources: both })).to.deep.equal([]);
    expect(problems(removed, { sources: [uploads], publishers: [s3] })).to.deep.equal([]);
    expect(problems(removed, { publishers: [s3] })).to.deep.equal([]);
  });

  it("has fields below Records, if nobody else publishes", () => {
    const filter = onBody({ detail: { kind: ["a"] } });
    const unknown =
      'error: filter: messages of S3 have no "detail.kind"; their fields are in "Records"';
    expect(problems(filter, { publishers: [s3] })).to.deep.equal([unknown]);
    expect(problems(filter, { publishers: [s3, others] })).to.deep.equal([]);
    expect(problems(filter, { publishers: [others] })).to.deep.equal([]);
  });

  it("has the known fields below Records, whoever else publishes", () => {
    const filter = onBody({ Records: { s3: { object: { name: ["x"] } } } });
    const warning =
      'warning: filter: events of S3 have no "Records.s3.object.name"; did you mean "Records.s3.object.size"?';
    expect(problems(filter, { publishers: [s3] })).to.deep.equal([warning]);
    expect(problems(filter, { publishers: [s3, others] })).to.deep.equal([warning]);
    expect(problems(filter, { publishers: [others] })).to.deep.equal([]);
  });

  it("is not checked for that if it is not valid", () => {
    const invalid = onBody({ detail: { kind: "a" } });
    const found = problems(invalid, { publishers: [s3] });
    expect(found).to.have.lengthOf(1);
    expect(found[0]).to.match(/^error: filter: (?!messages of S3)/);
  });
});

describe("a filter whose values are escaped", () => {
  const warning = (text: string) =>
    `warning: filter: ${JSON.stringify(text)} is escaped for SNS, a second time if it is escaped already; give the value as the message has it`;

  it("is a warning on attributes, for each text", () => {
    const filter = {
      kind: ['say \\"hi\\"', "C:\\\\temp", "a\\b", 'a"b', 5, null],
      path: [{ prefix: "D:\\\\" }, { "anything-but": ["E:\\\\", "x"] }],
    };
    expect(problems({ filter })).to.deep.equal(
      ['say \\"hi\\"', "C:\\\\temp", "D:\\\\", "E:\\\\"].map(warning),
    );
    expect(problems({ filter, filterScope: "MessageAttributes" })).to.have.lengthOf(4);
  });

  it("is right in a wildcard, which has escapes of its own, and on the body", () => {
    expect(problems({ filter: { path: [{ wildcard: "a\\\\*" }] } })).to.deep.equal([]);
    expect(problems(onBody({ path: ["C:\\\\temp"] }))).to.deep.equal([]);
  });
});

describe("the scope of a filter", () => {
  it("is that of attributes, unless it is said", () => {
    const nested = { detail: { kind: ["a"] } };
    expect(problems({ filter: nested })).to.have.lengthOf(1);
    expect(problems({ filter: nested, filterScope: "MessageAttributes" })).to.deep.equal(
      problems({ filter: nested }),
    );
    expect(problems(onBody(nested))).to.deep.equal([]);
  });

  it("has no effect without a filter", () => {
    for (const filterScope of ["MessageAttributes", "MessageBody"]) {
      expect(problems({ filterScope })).to.deep.equal([
        "error: filterScope has no effect without a filter; add one, or remove it",
      ]);
    }
  });
});
