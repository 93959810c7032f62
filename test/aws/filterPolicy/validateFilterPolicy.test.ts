import { expect } from "chai";
import { validateFilterPolicy } from "../../../aws/filterPolicy/validateFilterPolicy.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => `value${index}`);
const inAttributes = (policy: unknown) => validateFilterPolicy(policy, "MessageAttributes");
const inBody = (policy: unknown) => validateFilterPolicy(policy, "MessageBody");

describe("a filter policy that SNS takes", () => {
  const accepted: [string, unknown][] = [
    ["nothing, which filters nothing", {}],
    ["texts, numbers, true, false and null", { key: ["a", 1.5, true, false, null] }],
    ["prefix and suffix", { key: [{ prefix: "a" }, { suffix: "z" }] }],
    ["equals-ignore-case", { key: [{ "equals-ignore-case": "Rugby" }] }],
    ["wildcards, at most three in a pattern", { key: [{ wildcard: "*/src/*.js*" }] }],
    ["an escaped asterisk", { key: [{ wildcard: "\\*a\\\\*" }] }],
    ["anything-but one value", { key: [{ "anything-but": "a" }] }],
    ["anything-but a number", { key: [{ "anything-but": 3 }] }],
    ["anything-but texts", { key: [{ "anything-but": ["a", "b"] }] }],
    ["anything-but numbers", { key: [{ "anything-but": [1, 2] }] }],
    ["anything-but a prefix", { key: [{ "anything-but": { prefix: "test-" } }] }],
    ["anything-but a wildcard", { key: [{ "anything-but": { wildcard: "*-test" } }] }],
    ["an equal number", { key: [{ numeric: ["=", 301.5] }] }],
    ["one bound", { key: [{ numeric: ["<=", -1] }] }],
    ["two bounds", { key: [{ numeric: [">", 0, "<=", 100] }] }],
    ["the largest and the smallest number", { key: [{ numeric: [">=", -5e9, "<=", 5e9] }] }],
    ["exists", { key: [{ exists: true }], other: [{ exists: false }] }],
    [
      "IPv4 and IPv6 networks",
      { key: [{ cidr: "10.0.0.0/24" }, { cidr: "fd00::/8" }, { cidr: "0.0.0.0/0" }] },
    ],
    ["a choice of keys", { $or: [{ a: ["x"] }, { b: ["y"] }] }],
  ];
  for (const [what, policy] of accepted) {
    it(`may hold ${what}`, () => {
      expect(inAttributes(policy)).to.deep.equal([]);
    });
  }

  it("may be nested when it is held against the body", () => {
    expect(inBody({ Records: { s3: { object: { key: [{ prefix: "a" }] } } } })).to.deep.equal([]);
  });
});

describe("a filter policy that SNS refuses", () => {
  const refused: [unknown, string][] = [
    ["text", "Filter is not an object"],
    [["a"], "Filter is not an object"],
    [{ key: "value" }, 'at "key": "key" must be an object or an array'],
    [{ key: [] }, 'at "key": Empty arrays are not allowed'],
    [{ key: {} }, 'at "key": Empty objects are not allowed'],
    [{ key: [["value"]] }, 'at "key": Match value must be String, number, true, false, or null'],
    [{ key: [{ "wrong-operator": true }] }, 'at "key": Unrecognized match type wrong-operator'],
    [{ key: [{ toString: "a" }] }, 'at "key": Unrecognized match type toString'],
    [{ key: [{}] }, 'at "key": Match expression name not found'],
    [{ key: [{ suffix: "a", prefix: "b" }] }, 'at "key": Only one key allowed in match expression'],
    [{ key: [{ suffix: 100 }] }, 'at "key": suffix match pattern must be a string'],
    [{ key: [{ prefix: null }] }, 'at "key": prefix match pattern must be a string'],
    [
      { key: [{ "equals-ignore-case": ["a"] }] },
      'at "key": equals-ignore-case match pattern must be a string',
    ],
    [{ key: { suffix: "value" } }, 'at "key.suffix": "suffix" must be an object or an array'],
    [{ key: [{ exists: "no" }] }, 'at "key": exists match pattern must be either true or false.'],
    [
      { key: [{ "anything-but": { suffix: "test" } }] },
      'at "key": Unsupported anything-but pattern: suffix',
    ],
    [
      { key: [{ "anything-but": { exists: false } }] },
      'at "key": Unsupported anything-but pattern: exists',
    ],
    [
      { key: [{ "anything-but": { prefix: false } }] },
      'at "key": prefix match pattern must be a string',
    ],
    [
      { key: [{ "anything-but": ["a", 1] }] },
      'at "key": Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      { key: [{ "anything-but": [] }] },
      'at "key": Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [
      { key: [{ "anything-but": ["a", null] }] },
      'at "key": Inside anything but list, start|null|boolean is not supported.',
    ],
    [
      { key: [{ "anything-but": true }] },
      'at "key": Value of anything-but must be an array or single string/number value.',
    ],
    [{ key: [{ wildcard: 1 }] }, 'at "key": wildcard match pattern must be a string'],
    [{ key: [{ wildcard: "a**" }] }, 'at "key": Consecutive wildcard characters in wildcard "a**"'],
    [{ key: [{ wildcard: "a\\b" }] }, 'at "key": Invalid escape character in wildcard "a\\b"'],
    [
      { key: [{ wildcard: "*a*b*c*" }] },
      'at "key": More than 3 wildcard characters in wildcard "*a*b*c*"',
    ],
    [{ key: [{ numeric: 5 }] }, 'at "key": Value of numeric must be an array.'],
    [{ key: [{ numeric: [] }] }, 'at "key": Invalid member in numeric match: ]'],
    [{ key: [{ numeric: [1, "<="] }] }, 'at "key": Invalid member in numeric match: 1'],
    [
      { key: [{ numeric: ["operator"] }] },
      'at "key": Unrecognized numeric range operator: operator',
    ],
    [{ key: [{ numeric: ["=", "000"] }] }, 'at "key": Value of equals must be numeric'],
    [{ key: [{ numeric: [">="] }] }, 'at "key": Value of >= must be numeric'],
    [
      { key: [{ numeric: ["<", 100, ">", 10] }] },
      'at "key": Too many elements in numeric expression',
    ],
    [{ key: [{ numeric: [">=", 1, ">", 2] }] }, 'at "key": Bad numeric range operator: >'],
    [{ key: [{ numeric: [">", 3, "<", 1] }] }, 'at "key": Bottom must be less than top'],
    [{ key: [{ numeric: [">=", 3, "<=", 3] }] }, 'at "key": Bottom must be less than top'],
    [{ key: [{ numeric: [">", 20, "<="] }] }, 'at "key": Value of <= must be numeric'],
    [{ key: [{ numeric: [">", 20, 30] }] }, 'at "key": Bad value in numeric range: 30'],
    [{ key: [{ numeric: [">", 20, "test"] }] }, 'at "key": Bad numeric range operator: test'],
    [{ key: [{ numeric: [">", "20", "<", "30"] }] }, 'at "key": Value of > must be numeric'],
    [{ key: [{ numeric: [">", 20, "<", "30"] }] }, 'at "key": Value of < must be numeric'],
    [
      { key: [{ numeric: [">", 20, "<", 30, "<", 50] }] },
      'at "key": Too many terms in numeric range expression',
    ],
    [
      { key: [{ numeric: ["=", 6e9] }] },
      'at "key": Value must be between -5.0E9 and 5.0E9, inclusive (given 6000000000)',
    ],
    [{ key: [{ cidr: 1 }] }, 'at "key": prefix match pattern must be a string'],
    [{ key: [{ cidr: "10.0.0.0" }] }, `at "key": Malformed CIDR, one '/' required`],
    [{ key: [{ cidr: "10.0.0.0/8/8" }] }, `at "key": Malformed CIDR, one '/' required`],
    [{ key: [{ cidr: "10.0.0.0/x8" }] }, 'at "key": Malformed CIDR, mask bits must be an integer'],
    [{ key: [{ cidr: "10.0.0.0/8x" }] }, 'at "key": Malformed CIDR, mask bits must be an integer'],
    [{ key: [{ "anything-but": { prefix: "" } }] }, 'at "key": Null prefix not allowed'],
    [{ key: [{ cidr: "10.0.0.0/a" }] }, 'at "key": Malformed CIDR, mask bits must be an integer'],
    [
      { key: [{ cidr: "10.0.0.0/-1" }] },
      'at "key": Malformed CIDR, mask bits must not be negative',
    ],
    [{ key: [{ cidr: "10.0.0/24" }] }, 'at "key": Nonstandard IP address: 10.0.0'],
    [{ key: [{ cidr: "10.0.0.0/32" }] }, 'at "key": IPv4 mask bits must be < 32'],
    [{ key: [{ cidr: "::/128" }] }, 'at "key": IPv6 mask bits must be < 128'],
    [{ $or: [{ a: ["x"] }] }, 'at "$or": Unrecognized match type a'],
    [{ $or: [{ a: ["x"] }, { prefix: ["y"] }] }, 'at "$or": Unrecognized match type a'],
    [{ $or: [{ a: ["x"] }, { b: "y" }] }, 'at "$or.1.b": "b" must be an object or an array'],
  ];
  for (const [policy, sentence] of refused) {
    it(`${JSON.stringify(policy)} is told: ${sentence}`, () => {
      expect(inBody(policy)[0]).to.equal(sentence);
    });
  }

  it("is told all its problems, in order", () => {
    expect(inAttributes({ a: "x", b: { c: [{ suffix: 1 }, []] } })).to.deep.equal([
      'at "a": "a" must be an object or an array',
      'at "b.c": suffix match pattern must be a string',
      'at "b.c": Match value must be String, number, true, false, or null',
      "Filter policy scope MessageAttributes does not support nested filter policy",
    ]);
  });
});

describe("the limits of a filter policy", () => {
  const tooComplex = (count: number) =>
    `Filter policy is too complex: ${count} combinations, at most 150; multiply the numbers of values in the lists of all keys, each times the depth of its key, and add up the branches of $or`;
  const tooManyKeys = "Filter policy can not have more than 5 keys: it has 6";

  it("allow 5 keys, at the top of a nested policy too", () => {
    const keys = (count: number) => Object.fromEntries(values(count).map((key) => [key, ["x"]]));
    expect(inAttributes(keys(5))).to.deep.equal([]);
    expect(inAttributes(keys(6))).to.deep.equal([tooManyKeys]);
    expect(inBody({ parent: keys(6) })).to.deep.equal([]);
  });

  it("allow 150 combinations, multiplied over the keys", () => {
    expect(inAttributes({ key: values(150) })).to.deep.equal([]);
    expect(inAttributes({ key: values(151) })).to.deep.equal([tooComplex(151)]);
    expect(inAttributes({ a: values(50), b: values(3) })).to.deep.equal([]);
    expect(inAttributes({ a: values(100), b: values(51) })).to.deep.equal([tooComplex(5100)]);
  });

  it("count each value as often as its key is deep", () => {
    // 3 levels x 4 values x 2 levels x 3 values x 2 or 3 values.
    const policy = (last: number) => ({
      a: { b: { c: values(4) } },
      d: { e: values(3) },
      f: values(last),
    });
    expect(inBody(policy(2))).to.deep.equal([]);
    expect(inBody(policy(3))).to.deep.equal([tooComplex(216)]);
  });

  it("add up the branches of a $or", () => {
    // source x (metricName + metricType x (metricId + spaceId))
    const policy = (source: number, spaceId: number) => ({
      source: values(source),
      $or: [
        { metricName: values(6) },
        {
          metricType: values(4),
          $or: [{ metricId: values(4) }, { spaceId: values(spaceId) }],
        },
      ],
    });
    expect(inAttributes(policy(3, 7))).to.deep.equal([]); // 18 + 48 + 84 = 150
    expect(inAttributes(policy(4, 4))).to.deep.equal([tooComplex(152)]); // 24 + 64 + 64 = 152
  });

  it("add up the branches of a nested $or", () => {
    // (3 + 2) x 2 x 2 x (1 x 2 + 3 x 2) = 160
    const policy = {
      $or: [{ metricName: values(3) }, { namespace: values(2) }],
      detail: { scope: values(2), $or: [{ source: values(1) }, { type: values(3) }] },
    };
    expect(inBody(policy)).to.deep.equal([tooComplex(160)]);
  });

  it("allow 100 points of wildcards: 1 for one asterisk, 3 each for more, times the patterns", () => {
    const single = (count: number) => values(count).map((value) => ({ wildcard: `${value}*` }));
    expect(inAttributes({ key: single(10) })).to.deep.equal([]);
    expect(inAttributes({ key: single(11) })[0]).to.contain("121 points, at most 100");
    expect(inAttributes({ key: single(9), other: [{ wildcard: "*a*" }] })).to.deep.equal([]);
    expect(inAttributes({ key: single(10), other: [{ wildcard: "*a*" }] })[0]).to.contain(
      "106 points",
    );
    expect(
      inAttributes({
        key: values(11).map((value) => ({ "anything-but": { wildcard: `${value}*` } })),
      })[0],
    ).to.contain("121 points");
  });

  it("count the points of wildcards key by key, nested and in each branch of a $or", () => {
    const single = (count: number) => values(count).map((value) => ({ wildcard: `${value}*` }));
    const wildcards = (policy: unknown) =>
      inBody(policy).filter((problem) => problem.includes("wildcards"));
    const tooMany = ["Filter policy's wildcards are too complex: 101 points, at most 100"];
    const one = [{ wildcard: "a*" }];
    expect(wildcards({ a: { b: single(10) } })).to.deep.equal([]);
    expect(wildcards({ a: { b: single(10), c: one } })).to.deep.equal(tooMany);
    expect(wildcards({ $or: [{ a: single(10) }, { b: ["x"] }] })).to.deep.equal([]);
    expect(wildcards({ $or: [{ a: single(10) }, { b: one }] })).to.deep.equal(tooMany);
  });

  it("count no points of what stands beside wildcards", () => {
    const single = values(10).map((value) => ({ wildcard: `${value}*` }));
    const others = ["x", { prefix: "y" }, { "anything-but": "z" }];
    expect(inAttributes({ key: [...single, ...others] })).to.deep.equal([]);
  });

  it("allow 256 KB", () => {
    const policy = (length: number) => ({ key: ["x".repeat(length)] });
    expect(inAttributes(policy(262_144 - 11))).to.deep.equal([
      "Filter policy is too long: 262145 bytes, at most 262144",
    ]);
    expect(inAttributes(policy(262_144 - 12))).to.deep.equal([]);
  });

  it("allow nesting in the body only, in a branch of a $or as well", () => {
    const sentence = "Filter policy scope MessageAttributes does not support nested filter policy";
    expect(inAttributes({ a: { b: ["x"] } })).to.deep.equal([sentence]);
    expect(inAttributes({ $or: [{ a: { b: ["x"] } }, { c: ["y"] }] })).to.deep.equal([sentence]);
  });
});
