import { expect } from "chai";
import {
  type Conditions,
  checkCopySource,
  checkDelete,
  checkRead,
  checkWrite,
} from "../../../../local/services/s3/preconditions.ts";
import { S3Error } from "../../../../local/services/s3/s3Error.ts";

const modified = Date.UTC(2026, 0, 1, 12);
const now = modified + 3_600_000;
const object = { etag: "abc", modified };
const before = new Date(modified - 1000).toUTCString();
const same = new Date(modified).toUTCString();
const after = new Date(modified + 1000).toUTCString();
const future = new Date(now + 1000).toUTCString();

function outcomeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const { Condition, Header } = error.details;
    return [error.code, error.status, Condition ?? Header].filter((part) => part !== undefined);
  }
}

describe("conditional reads", () => {
  const failed = (condition: string) => ["PreconditionFailed", 412, condition];
  const cases: [string, Conditions, unknown][] = [
    ["without conditions", {}, "wanted"],
    ["If-Match that matches", { ifMatch: '"abc"' }, "wanted"],
    ["If-Match without quotes", { ifMatch: "abc" }, "wanted"],
    ["If-Match among several", { ifMatch: '"x", "abc"' }, "wanted"],
    ["If-Match of anything", { ifMatch: "*" }, "wanted"],
    ["If-Match of another", { ifMatch: '"x"' }, failed("If-Match")],
    ["If-None-Match of another", { ifNoneMatch: '"x"' }, "wanted"],
    ["If-None-Match that matches", { ifNoneMatch: '"abc"' }, "notModified"],
    ["If-Modified-Since before", { ifModifiedSince: before }, "wanted"],
    ["If-Modified-Since then", { ifModifiedSince: same }, "notModified"],
    ["If-Modified-Since in the future is ignored", { ifModifiedSince: future }, "wanted"],
    ["If-Modified-Since no date is ignored", { ifModifiedSince: "soon" }, "wanted"],
    ["If-Unmodified-Since after", { ifUnmodifiedSince: after }, "wanted"],
    ["If-Unmodified-Since then", { ifUnmodifiedSince: same }, "wanted"],
    ["If-Unmodified-Since before", { ifUnmodifiedSince: before }, failed("If-Unmodified-Since")],
    [
      "If-Match outweighs If-Unmodified-Since",
      { ifMatch: "abc", ifUnmodifiedSince: before },
      "wanted",
    ],
    [
      "If-None-Match outweighs If-Modified-Since",
      { ifNoneMatch: '"x"', ifModifiedSince: same },
      "wanted",
    ],
  ];

  for (const [name, conditions, expected] of cases) {
    it(name, () => {
      expect(outcomeOf(() => checkRead(conditions, object, now))).to.deep.equal(expected);
    });
  }
});

describe("conditional copies", () => {
  it("fail for every condition that does not hold, named as S3 names it", () => {
    const conditions: [Conditions, string][] = [
      [{ ifMatch: '"x"' }, "x-amz-copy-source-If-Match"],
      [{ ifNoneMatch: "abc" }, "x-amz-copy-source-If-None-Match"],
      [{ ifModifiedSince: same }, "x-amz-copy-source-If-Modified-Since"],
      [{ ifUnmodifiedSince: before }, "x-amz-copy-source-If-Unmodified-Since"],
    ];
    for (const [condition, name] of conditions) {
      const outcome = outcomeOf(() => checkCopySource(condition, object, now));
      expect(outcome).to.deep.equal(["PreconditionFailed", 412, name]);
    }
    expect(outcomeOf(() => checkCopySource({ ifMatch: "abc" }, object, now))).to.equal(undefined);
  });
});

describe("conditional writes", () => {
  const cases: [string, Conditions, typeof object | undefined, unknown][] = [
    ["If-None-Match * over nothing", { ifNoneMatch: "*" }, undefined, undefined],
    [
      "If-None-Match * over an object",
      { ifNoneMatch: "*" },
      object,
      ["PreconditionFailed", 412, "If-None-Match"],
    ],
    [
      "If-None-Match with an ETag, which S3 has not",
      { ifNoneMatch: '"abc"' },
      undefined,
      ["NotImplemented", 501, "If-None-Match"],
    ],
    ["If-Match over that version", { ifMatch: '"abc"' }, object, undefined],
    [
      "If-Match over another version",
      { ifMatch: '"x"' },
      object,
      ["PreconditionFailed", 412, "If-Match"],
    ],
    ["If-Match over nothing", { ifMatch: '"abc"' }, undefined, ["NoSuchKey", 404]],
    ["If-Match *, which S3 has not", { ifMatch: "*" }, object, ["NotImplemented", 501, "If-Match"]],
    [
      "both at once, which S3 has not",
      { ifMatch: '"abc"', ifNoneMatch: "*" },
      object,
      ["NotImplemented", 501, "If-Match,If-None-Match"],
    ],
  ];

  for (const [name, conditions, current, expected] of cases) {
    it(name, () => {
      expect(outcomeOf(() => checkWrite(conditions, "key", current))).to.deep.equal(expected);
    });
  }
});

describe("conditional deletes", () => {
  it("delete only the version that is meant, or any that is there", () => {
    expect(outcomeOf(() => checkDelete('"abc"', "key", object))).to.equal(undefined);
    expect(outcomeOf(() => checkDelete("*", "key", object))).to.equal(undefined);
    expect(outcomeOf(() => checkDelete(undefined, "key", undefined))).to.equal(undefined);
    expect(outcomeOf(() => checkDelete('"x"', "key", object))).to.deep.equal([
      "PreconditionFailed",
      412,
      "If-Match",
    ]);
    expect(outcomeOf(() => checkDelete("*", "key", undefined))).to.deep.equal(["NoSuchKey", 404]);
  });
});
