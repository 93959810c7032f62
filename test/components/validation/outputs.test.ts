import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const output = pulumi.output("known later");
const advice =
  "contains an Output as text, which is not its value; use pulumi.interpolate`...` or pulumi.jsonStringify(...)";

describe("an Output in a filter", () => {
  const filters: [object, string, object?][] = [
    [{ kind: [output] }, "kind.0"],
    [{ kind: output }, "kind"],
    [{ kind: [{ prefix: output }] }, "kind.0.prefix"],
    [{ order: { item: [Promise.resolve("a")] } }, "order.item.0", { filterScope: "MessageBody" }],
    [{ $or: [{ a: ["x"] }, { b: [{ "anything-but": [output] }] }] }, "$or.1.b.0.anything-but.0"],
  ];
  for (const [filter, path, more] of filters) {
    it(`is rejected with its place: ${path}`, () => {
      const [problem, ...others] = consumerProblems({ filter, ...more });
      expect(others).to.deep.equal([]);
      expect(problem).to.match(
        /^error: consumer "a": filter must have plain values, which are checked before the deployment; /,
      );
      expect(problem).to.include(`; ${path} is an Output (given {`);
      expect(problem).not.to.include("Calling");
    });
  }

  it("is rejected if it is the filter itself", () => {
    expect(consumerProblems({ filter: output })).to.deep.equal([
      'error: consumer "a": filter must be an object (given an Output)',
    ]);
  });
});

describe("an Output in a template literal", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: [`${output}/*`] };
  const handler = { entry: "handlers/a.ts" };
  const places: [object, string][] = [
    [{ kind: "https", endpoint: `https://${output}/events` }, "endpoint"],
    [{ kind: "email", endpoint: `${output}` }, "endpoint"],
    [{ handler: { ...handler, environment: { URL: `${output}` } } }, "handler.environment.URL"],
    [
      { handler: { ...handler, environment: { URL: JSON.stringify({ output }) } } },
      "handler.environment.URL",
    ],
    [{ handler: { ...handler, permissions: [statement] } }, "handler.permissions.0.Resource.0"],
    [{ handler: `${output}` }, "handler"],
    [{ existingQueueArn: `arn:aws:sqs:${output}` }, "existingQueueArn"],
    [{ region: `${output}` }, "region"],
    [{ filter: { kind: [`${output}`] } }, "filter.kind.0"],
  ];
  for (const [consumer, path] of places) {
    it(`is rejected with its place: ${path} of ${JSON.stringify(Object.keys(consumer))}`, () => {
      expect(consumerProblems(consumer)).to.deep.equal([`error: consumer "a": ${path} ${advice}`]);
    });
  }

  it("is rejected in every other part of the arguments", () => {
    const of = (topic: object) => consumerProblems({}, topic);
    expect(of({ tags: { team: `${output}` } })).to.deep.equal([`error: tags.team ${advice}`]);
    expect(of({ tags: { [`${output}`]: "x" } })).to.deep.equal([
      "error: tags has a key with an Output as text, which is not its value",
    ]);
    expect(of({ existingTopicArn: `${output}` })).to.deep.equal([
      `error: existingTopicArn ${advice}`,
    ]);
    expect(of({ alarms: { actions: [`${output}`] } })).to.deep.equal([
      `error: alarms.actions.0 ${advice}`,
    ]);
    expect(of({ publishers: [{ principalArn: `${output}` }] })).to.deep.equal([
      `error: publisher 1: principalArn ${advice}`,
    ]);
    expect(
      of({ subscribers: [{ account: "210987654321", protocol: "sqs", endpoint: `${output}` }] }),
    ).to.deep.equal([`error: subscriber 1: endpoint ${advice}`]);
  });

  it("is rejected in names", () => {
    expect(problemsOf({ consumers: [{ name: `a-${output}` }] })).to.deep.equal([
      `error: consumer 1: name ${advice}`,
    ]);
    expect(problemsOf({ consumers: [{ name: "a" }] }, `topic-${output}`)).to.deep.equal([
      "error: the name contains an Output as text, which is not its value; use a plain one",
    ]);
  });
});

describe("the URL of a consumer", () => {
  for (const endpoint of [
    "https://example.com",
    "https://example.com/events?source=a&b=%20#c",
    "https://user:pa%20ss@example.com:8443/a",
    "https://[2001:db8::1]/a",
    "http://127.0.0.1:3000/a",
    "http://localhost?x",
  ]) {
    it(`may be ${endpoint}`, () => {
      expect(consumerProblems({ kind: "https", endpoint })).to.deep.equal([]);
    });
  }

  for (const endpoint of [
    "https://exa mple.com/a b",
    "https://example.com/a b",
    "https://example.com/\n",
    " https://example.com",
    "https://",
    "https:///a",
    "https://exämple.com",
    'https://example.com/"a"',
    "http://example.com",
    "http://127.0.0.1.example.com",
  ]) {
    it(`may not be ${JSON.stringify(endpoint)}`, () => {
      expect(consumerProblems({ kind: "https", endpoint })).to.deep.equal([
        `error: consumer "a": endpoint must be an https URL (http for 127.0.0.1, in a local run) (given ${JSON.stringify(endpoint)})`,
      ]);
    });
  }
});

describe("tags", () => {
  it("may have letters of every script, digits, spaces and some signs", () => {
    const tags = { "cost-center:a/b": "Größe 1 + 2 = @home_.x", team: "チーム" };
    expect(consumerProblems({}, { tags })).to.deep.equal([]);
  });

  const alphabet = "letters, digits, spaces and _.:/=+-@";
  const rejected: [object, string][] = [
    [
      { team: "R&D, platform" },
      `tag "team": a value may have only ${alphabet} (given "R&D, platform")`,
    ],
    [
      { team: "Checkout (core)" },
      `tag "team": a value may have only ${alphabet} (given "Checkout (core)")`,
    ],
    [{ "<team>": "a" }, `tag "<team>": a key may have only ${alphabet}`],
    [{ "a\nb": "a" }, `tag "a\\nb": a key may have only ${alphabet}`],
    [{ a: "b\tc" }, `tag "a": a value may have only ${alphabet} (given "b\\tc")`],
    [{ "": "a" }, 'tag "": a key has 1 to 128 characters'],
    [{ "AWS:x": "a" }, 'tag "AWS:x": aws: is reserved for AWS'],
    [{ Env: "a", env: "b" }, 'tag "env": IAM has another tag whose key differs in case only'],
  ];
  for (const [tags, text] of rejected) {
    it(`are rejected: ${text}`, () => {
      expect(consumerProblems({}, { tags })).to.deep.equal([`error: ${text}`]);
    });
  }
});
