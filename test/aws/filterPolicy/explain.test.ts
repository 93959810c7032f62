import { expect } from "chai";
import { explain } from "../../../aws/filterPolicy/match.ts";
import type { MessageAttributes } from "../../../aws/messageAttributes.ts";

const text = (stringValue: string) => ({ dataType: "String", stringValue });
const number = (stringValue: string) => ({ dataType: "Number", stringValue });
const list = (...values: unknown[]) => ({
  dataType: "String.Array",
  stringValue: JSON.stringify(values),
});

function byAttributes(policy: unknown, attributes: MessageAttributes) {
  return explain(policy, "MessageAttributes", { body: "any text", attributes });
}

function byBody(policy: unknown, body: unknown) {
  const message = { body: JSON.stringify(body), attributes: {} };
  return explain(policy, "MessageBody", message);
}

type Cases = { pass: unknown[]; fail: unknown[] };

/** Each value stands at `key` in a body. */
function describeOperator(name: string, item: unknown, { pass, fail }: Cases): void {
  describe(name, () => {
    for (const value of pass) {
      it(`lets ${JSON.stringify(value)} pass`, () => {
        expect(byBody({ key: [item] }, { key: value }).matches).to.equal(true);
      });
    }
    for (const value of fail) {
      it(`keeps ${JSON.stringify(value)} back`, () => {
        expect(byBody({ key: [item] }, { key: value }).matches).to.equal(false);
      });
    }
  });
}

describeOperator("the exact text 100", "100", { pass: ["100"], fail: [100, "1000", true, null] });
describeOperator("the exact number 100", 100, { pass: [100, 100.0, 1e2], fail: ["100", 100.1] });
describeOperator("a number beyond what SNS compares", 1e12, {
  pass: [1e12],
  fail: [1e12 + 1, "1e12"],
});
describeOperator("the exact number 301.5, to six digits", 301.5, {
  pass: [301.5000001],
  fail: [301.500002, 301.499998],
});
describeOperator("the exact number 1", 1, { pass: [1], fail: [true, "1", null] });
describeOperator("the exact number 0", 0, { pass: [0, -0], fail: [null, false, ""] });
describeOperator("true", true, { pass: [true], fail: ["true", false, 1] });
describeOperator("null", null, { pass: [null], fail: ["null", false, 0, ""] });
describeOperator(
  "prefix",
  { prefix: "bas" },
  { pass: ["baseball"], fail: ["Baseball", "a bas", 5] },
);
describeOperator("suffix", { suffix: ".png" }, { pass: [".png", "a.png"], fail: ["a.png1", 1] });
describeOperator(
  "equals-ignore-case",
  { "equals-ignore-case": "RugBy" },
  { pass: ["rugby", "RUGBY"], fail: ["rugby!", 1] },
);
describeOperator(
  "wildcard",
  { wildcard: "*/src/*.js" },
  { pass: ["a/src/b.js", "/src/.js", "x/src/y/src/z.js"], fail: ["src/b.js", "a/src/b.jsx", 7] },
);
describeOperator(
  "a wildcard whose ends overlap",
  { wildcard: "aba*aba" },
  { pass: ["abaaba"], fail: ["ababa"] },
);
describeOperator(
  "a wildcard between ends of the same letter",
  { wildcard: "x*x*x" },
  { pass: ["xxx", "xaxbx"], fail: ["xx", "xax"] },
);
describeOperator(
  "a wildcard that asks for a text twice",
  { wildcard: "*ab*ab*" },
  { pass: ["abab", "1ab2ab3"], fail: ["ab", "aab"] },
);
describeOperator(
  "a wildcard without an asterisk",
  { wildcard: "abc" },
  { pass: ["abc"], fail: ["ab", "abcd"] },
);
describeOperator("an escaped wildcard", { wildcard: "1\\*2*" }, { pass: ["1*23"], fail: ["1x2"] });
describeOperator(
  "anything-but texts",
  { "anything-but": ["a", "b"] },
  { pass: ["c", 1, null, true, ["a", "c"]], fail: ["a", "b", ["a", "b"]] },
);
describeOperator(
  "anything-but a number",
  { "anything-but": 100 },
  { pass: [101, "100"], fail: [100] },
);
describeOperator(
  "anything-but a prefix",
  { "anything-but": { prefix: "order-" } },
  { pass: ["data-1"], fail: ["order-1"] },
);
describeOperator(
  "anything-but a wildcard",
  { "anything-but": { wildcard: "*-test" } },
  { pass: ["a-test-b"], fail: ["a-test"] },
);
describeOperator(
  "an equal number",
  { numeric: ["=", 301.5] },
  { pass: [301.5, 3.015e2], fail: ["301.5", 301.4] },
);
describeOperator(
  "a range",
  { numeric: [">", 0, "<=", 100] },
  { pass: [0.00001, 100], fail: [0, 100.00001, "50", 1e12, null] },
);
describeOperator(
  "less than a number",
  { numeric: ["<", 10] },
  { pass: [9.99999, -5e9], fail: [10, 11, -5.1e9] },
);
describeOperator(
  "at least a number",
  { numeric: [">=", 10] },
  { pass: [10, 5e9], fail: [9.99999, 5.1e9] },
);
describeOperator(
  "exists",
  { exists: true },
  { pass: [1, "", null, false], fail: [[], {}, { a: 1 }] },
);
describeOperator(
  "does not exist",
  { exists: false },
  { pass: [[], {}, { a: 1 }], fail: [1, null] },
);
describeOperator(
  "an IPv4 network",
  { cidr: "10.0.0.0/24" },
  { pass: ["10.0.0.0", "10.0.0.255"], fail: ["10.0.1.0", "::1", "ten", 10] },
);
describeOperator(
  "an IPv6 network",
  { cidr: "fd00::/8" },
  { pass: ["fdff::1"], fail: ["fe00::1", "10.0.0.1"] },
);

describe("a filter on attributes", () => {
  it("compares each element of a String.Array, whatever its kind", () => {
    const policy = { store: ["value1", 7, null] };
    expect(byAttributes(policy, { store: list("value1", "value2") }).matches).to.equal(true);
    expect(byAttributes(policy, { store: list("value2", "value3") }).matches).to.equal(false);
    expect(byAttributes(policy, { store: list("x", 7) }).matches).to.equal(true);
    expect(byAttributes(policy, { store: list(null) }).matches).to.equal(true);
  });

  it("lets a String.Array pass anything-but when one element is something else", () => {
    const policy = { sport: [{ "anything-but": ["rugby"] }] };
    expect(byAttributes(policy, { sport: list("rugby", "tennis") }).matches).to.equal(true);
    expect(byAttributes(policy, { sport: list("rugby") }).matches).to.equal(false);
  });

  it("takes numbers from Number attributes only", () => {
    const policy = { price: [{ numeric: [">", 10] }] };
    expect(byAttributes(policy, { price: number("99.12") }).matches).to.equal(true);
    expect(
      byAttributes(policy, { price: { ...number("99"), dataType: "Number.int" } }).matches,
    ).to.equal(true);
    expect(byAttributes(policy, { price: text("99") }).matches).to.equal(false);
    expect(byAttributes({ price: ["99"] }, { price: number("99") }).matches).to.equal(false);
  });

  it("sees no element of a String.Array that is a list or an object, and none of what is no JSON list", () => {
    const policy = { key: [{ exists: true }] };
    for (const stringValue of ["[[1],{}]", "{}", "text", "[]"]) {
      const attribute = { dataType: "String.Array", stringValue };
      expect(byAttributes(policy, { key: attribute }).matches, stringValue).to.equal(false);
    }
  });

  it("wants quotes of an element of a String.Array escaped twice", () => {
    expect(byAttributes({ key: ['a\\"b'] }, { key: list('a"b') }).matches).to.equal(true);
    expect(byAttributes({ key: ['a"b'] }, { key: list('a"b') }).matches).to.equal(false);
  });

  it("does not see Binary attributes", () => {
    const binary = { dataType: "Binary", binaryValue: "AgME" };
    expect(byAttributes({ key: [{ exists: true }] }, { key: binary }).matches).to.equal(false);
    expect(byAttributes({ key: [{ exists: false }] }, { key: binary }).matches).to.equal(true);
  });

  it("does not match null or anything-but when the attribute is missing", () => {
    const policy = { attr1: [null, { "anything-but": "whatever" }] };
    expect(byAttributes(policy, {}).matches).to.equal(false);
  });

  it("matches a missing attribute where its absence is listed", () => {
    const policy = { sport: [{ "anything-but": "rugby" }, { exists: false }] };
    expect(byAttributes(policy, {}).matches).to.equal(true);
    expect(byAttributes(policy, { sport: text("rugby") }).matches).to.equal(false);
  });

  it("wants quotes and backslashes of an attribute escaped twice", () => {
    expect(byAttributes({ key: ['say "a"'] }, { key: text('say "a"') }).matches).to.equal(false);
    expect(byAttributes({ key: ['say \\"a\\"'] }, { key: text('say "a"') }).matches).to.equal(true);
  });

  it("lets everything pass when it is empty", () => {
    expect(byAttributes({}, {})).to.deep.equal({
      matches: true,
      reason: "the filter policy is empty",
    });
  });
});

describe("a filter with alternatives", () => {
  it("gives the reason of that of which most holds", () => {
    const policy = { $or: [{ c: ["3"] }, { a: ["1"], b: ["2"] }, { d: ["4"] }] };
    expect(byAttributes(policy, { a: text("1") })).to.deep.equal({
      matches: false,
      reason: '"b" is missing, the filter asks for ["2"]',
    });
  });
});

describe("a filter with alternatives of different lengths", () => {
  it("gives the reason of that of which most holds, not of the longest", () => {
    const policy = {
      $or: [
        { a: ["1"], b: ["2"], c: ["3"] },
        { d: ["4"], e: ["5"] },
      ],
    };
    expect(byAttributes(policy, { d: text("4") }).reason).to.equal(
      '"e" is missing, the filter asks for ["5"]',
    );
  });
});

describe("a filter on the body", () => {
  const nested = {
    object: { key: [{ prefix: "auto-" }, "hardcodedvalue"], nested_key: [{ exists: false }] },
    test: [{ exists: false }],
  };

  it("looks into nested objects", () => {
    expect(byBody(nested, { object: { key: "auto-test" } }).matches).to.equal(true);
    expect(byBody(nested, { object: { key: "hardcodedvalue" } }).matches).to.equal(true);
    for (const body of [
      { object: { key: "test-auto" } },
      { object: { key: "auto-test" }, test: "just-exists" },
      { object: { key: "auto-test", nested_key: "just-exists" } },
      { object: { test: "auto-test" } },
      { test: "auto-test" },
    ]) {
      expect(byBody(nested, body).matches).to.equal(false);
    }
  });

  it("keeps back what is not a JSON object", () => {
    for (const body of ["Regular text", '"quoted"', "[]", "null", "3"]) {
      const verdict = explain({ a: [{ exists: false }] }, "MessageBody", { body, attributes: {} });
      expect(verdict).to.deep.equal({
        matches: false,
        reason: "the body is not a JSON object",
      });
    }
  });

  it("does not tell a dot in a key from a level", () => {
    const policy = { "object.nested.test": ["x"] };
    for (const body of [
      { object: { nested: { test: "x" } } },
      { "object.nested.test": "x" },
      { "object.nested": { test: "x" } },
      { object: { "nested.test": "x" } },
    ]) {
      expect(byBody(policy, body).matches).to.equal(true);
    }
    expect(byBody(policy, { object: { nested: { test: "y" } } }).matches).to.equal(false);
  });

  it("compares each element of a list", () => {
    const policy = { headers: { "route-to": ["queue1"] } };
    expect(byBody(policy, { headers: { "route-to": ["queue1", "queue2"] } }).matches).to.equal(
      true,
    );
    expect(byBody(policy, { headers: { "route-to": ["queue3"] } }).matches).to.equal(false);
  });

  const created = {
    s3: { object: { key: "auto-1.xml", size: 17 } },
    eventName: "ObjectCreated:Put",
  };
  const ofRecords = {
    Records: {
      s3: { object: { key: [{ prefix: "auto-" }] } },
      eventName: [{ prefix: "ObjectCreated:" }],
    },
  };

  it("looks into lists of objects, as S3's records, and into lists of lists", () => {
    expect(byBody(ofRecords, { Records: [created] }).matches).to.equal(true);
    expect(
      byBody(ofRecords, {
        Records: [{ ...created, s3: { object: [[{ key: "auto-1.xml" }]] } }, { eventName: "x" }],
      }).matches,
    ).to.equal(true);
    expect(
      byBody(ofRecords, { Records: [{ ...created, eventName: "ObjectRemoved:Delete" }] }).matches,
    ).to.equal(false);
  });

  it("wants all keys below a list in one and the same element", () => {
    const removed = { ...created, eventName: "ObjectRemoved:Delete" };
    const other = { ...created, s3: { object: { key: "home-1.xml" } } };
    expect(byBody(ofRecords, { Records: [removed, other] })).to.deep.equal({
      matches: false,
      reason:
        '"Records.s3.object.key", "Records.eventName" fit one by one, but not in one and the same element of a list',
    });
    expect(byBody(ofRecords, { Records: [removed, other, created] }).matches).to.equal(true);
  });

  const withOr = {
    $or: [{ metricName: ["CPUUtilization", "ReadLatency"] }, { namespace: ["AWS/EC2", "AWS/ES"] }],
    detail: {
      scope: ["Service"],
      $or: [{ source: ["aws.cloudwatch"] }, { type: ["CloudWatch Alarm State Change"] }],
    },
  };

  it("lets one branch of each $or be enough", () => {
    const type = "CloudWatch Alarm State Change";
    const pass = [
      { metricName: "CPUUtilization", detail: { scope: "Service", source: "aws.cloudwatch" } },
      { namespace: "AWS/ES", detail: { scope: "Service", source: "aws.cloudwatch" } },
      { metricName: "ReadLatency", detail: { scope: "Service", type } },
    ];
    const fail = [
      { metricName: "CPUUtilization", detail: { scope: "aws.cloudwatch", type } },
      { metricName: "CPUUtilization", detail: { scope: "Service", type: "CPUUtilization" } },
      { metricName: "CPUUtilization", detail: { type } },
      { metricName: "CPUUtilization", detail: { scope: "Service" } },
      { namespace: "CPUUtilization", detail: { scope: "Service", type } },
    ];
    for (const body of pass) expect(byBody(withOr, body).matches).to.equal(true);
    for (const body of fail) expect(byBody(withOr, body).matches).to.equal(false);
  });

  it("explains a $or by the branch that came nearest", () => {
    const body = { namespace: "AWS/S3", detail: { scope: "Service", source: "aws.cloudwatch" } };
    expect(byBody(withOr, body).reason).to.equal(
      '"metricName" is missing, the filter asks for ["CPUUtilization","ReadLatency"]',
    );
  });
});

describe("an explanation", () => {
  it("names the key, its value and what was asked for", () => {
    expect(
      byAttributes({ price: [{ numeric: [">", 100] }] }, { price: number("99") }),
    ).to.deep.equal({
      matches: false,
      reason: '"price" is 99, the filter asks for [{"numeric":[">",100]}]',
    });
  });

  it("says when the key is missing", () => {
    expect(byBody({ a: { b: ["x"] } }, { a: {} }).reason).to.equal(
      '"a.b" is missing, the filter asks for ["x"]',
    );
  });

  it("shows the first five values of a long list", () => {
    expect(byBody({ a: ["x"] }, { a: [1, 2, 3, 4, 5, 6] }).reason).to.equal(
      '"a" is 1, 2, 3, 4, 5, ..., the filter asks for ["x"]',
    );
  });

  it("names what made a message pass", () => {
    expect(byBody({ a: ["x", "y"], b: [{ exists: false }] }, { a: "y" })).to.deep.equal({
      matches: true,
      reason: '"a" is "y" and "b" is missing',
    });
  });

  it("refuses an invalid policy instead of letting messages pass", () => {
    expect(() => byBody({ a: [{ like: "x" }] }, { a: "x" })).to.throw(
      'The filter policy {"a":[{"like":"x"}]} is invalid: Unrecognized match type like (at "a")',
    );
    expect(() => byAttributes("x", {})).to.throw("Filter is not an object");
  });
});
