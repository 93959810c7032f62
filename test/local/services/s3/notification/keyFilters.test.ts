import { expect } from "chai";
import * as fc from "fast-check";
import { encodeObjectKey } from "../../../../../aws/objectKeys.ts";
import { matchingRules } from "../../../../../local/services/s3/notification/rules.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:files";

function isNotified(filter: { prefix?: string; suffix?: string }, key: string): boolean {
  const rules = [{ id: "a", topicArn, events: ["s3:ObjectCreated:*"], ...filter }];
  return matchingRules(rules, "ObjectCreated:Put", key).length > 0;
}

describe("the prefix and suffix of a notification rule", () => {
  it("match keys that begin and end with them when they are URL-encoded", () => {
    const text = fc.string({ unit: "binary", maxLength: 8 });
    void fc.assert(
      fc.property(text, text, text, (start, middle, end) => {
        const [prefix, suffix] = [encodeObjectKey(start), encodeObjectKey(end)];
        expect(isNotified({ prefix, suffix }, start + middle + end)).to.equal(true);
      }),
    );
  });

  it("match no key when they are not URL-encoded, as on AWS", () => {
    expect(isNotified({ prefix: "raw/year=2026/" }, "raw/year=2026/a")).to.equal(false);
    expect(isNotified({ prefix: "my photos/" }, "my photos/a")).to.equal(false);
    expect(isNotified({ prefix: "a+b/" }, "a+b/c")).to.equal(false);
    expect(isNotified({ prefix: "a+b/" }, "a b/c")).to.equal(true);
  });

  it("need no encoding for characters that S3 calls safe", () => {
    expect(isNotified({ prefix: "a!-_.*'()/" }, "a!-_.*'()/b")).to.equal(true);
  });
});
