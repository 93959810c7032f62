import { expect } from "chai";
import { compileFilters } from "../../../../../local/services/lambda/eventSourceMappings/filter.ts";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

const pattern = (body: unknown) => JSON.stringify({ body });

describe("a mapping's filters", () => {
  it("let matching messages through and delete the others unseen", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud, { filters: [pattern({ kind: ["order"] })] });

    cloud.queues.send(queue.arn, message('{"kind":"order"}', { event: "e1" }));
    cloud.queues.send(queue.arn, message('{"kind":"other"}', { event: "e2" }));
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([['{"kind":"order"}']]);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 0 });
    const filtered = cloud.trace.recent().filter(({ kind }) => kind === "filtered");
    expect(filtered.map(({ event }) => event)).to.deep.equal(["e2"]);
    expect(filtered[0]).to.have.property("reason", "no filter of the event source mapping matches");
  });

  it("invoke no function for a receive in which nothing matches, and go on", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud, { filters: [pattern({ kind: ["order"] })], batchSize: 2 });

    for (const kind of ["a", "b", "c", "order"]) {
      cloud.queues.send(queue.arn, message(JSON.stringify({ kind })));
    }
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([['{"kind":"order"}']]);
  });

  it("need one of several to match", () => {
    const filter = compileFilters([pattern({ kind: ["a"] }), pattern({ kind: ["b"] })]);

    expect(["a", "b", "c"].map((kind) => filter(JSON.stringify({ kind })))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  const cases: [string, unknown, unknown[], unknown[]][] = [
    [
      "a value",
      { n: ["x", 5, null, true] },
      [{ n: "x" }, { n: 5 }, { n: null }, { n: true }],
      [{ n: "y" }, { n: "5" }, { n: false }, {}],
    ],
    ["all keys", { a: [1], b: [2] }, [{ a: 1, b: 2, c: 3 }], [{ a: 1 }, { a: 1, b: 3 }]],
    [
      "a nested key",
      { a: { b: ["x"] } },
      [{ a: { b: "x" } }],
      [{ a: "x" }, { b: "x" }, { a: { b: "y" } }],
    ],
    [
      "a list in the message",
      { tags: ["x"] },
      [{ tags: ["w", "x"] }],
      [{ tags: ["w"] }, { tags: [] }],
    ],
    [
      "objects in a list, all keys in one",
      { r: { a: [1], b: [2] } },
      [{ r: [{ a: 0 }, { a: 1, b: 2 }] }],
      [{ r: [{ a: 1 }, { b: 2 }] }],
    ],
    ["a prefix", { n: [{ prefix: "us-" }] }, [{ n: "us-1" }], [{ n: "eu-1" }, { n: 5 }]],
    ["a suffix", { n: [{ suffix: ".png" }] }, [{ n: "a.png" }], [{ n: "a.jpg" }]],
    ["a text of any case", { n: [{ "equals-ignore-case": "Yes" }] }, [{ n: "YES" }], [{ n: "no" }]],
    ["anything but", { n: [{ "anything-but": ["a", "b"] }] }, [{ n: "c" }], [{ n: "a" }, {}]],
    [
      "a range of numbers",
      { n: [{ numeric: [">=", 100, "<", 200] }] },
      [{ n: 100 }, { n: 199.5 }],
      [{ n: 200 }, { n: "150" }, {}],
    ],
    ["a key that exists", { n: [{ exists: true }] }, [{ n: 0 }, { n: null }], [{}, { n: {} }]],
    ["a key that does not exist", { n: [{ exists: false }] }, [{}, { m: 1 }], [{ n: 0 }]],
    [
      "a nested key that does not exist",
      { a: { b: [{ exists: false }] } },
      [{}, { a: {} }],
      [{ a: { b: 1 } }],
    ],
    [
      "one of several keys",
      { $or: [{ a: [1] }, { b: [2] }] },
      [{ a: 1 }, { b: 2 }],
      [{ a: 2, b: 1 }],
    ],
  ];
  for (const [what, body, matching, others] of cases) {
    it(`match by ${what}`, () => {
      const filter = compileFilters([pattern(body)]);

      expect(matching.filter((document) => !filter(JSON.stringify(document)))).to.deep.equal([]);
      expect(others.filter((document) => filter(JSON.stringify(document)))).to.deep.equal([]);
    });
  }

  it("for JSON drop plain text, and the other way round", () => {
    const json = compileFilters([pattern({ n: [{ exists: false }] })]);
    const text = compileFilters([pattern([{ prefix: "{" }, "hello", "null", "5"])]);

    const bodies = ["{}", "hello", '"hello"', "null", "5", "{not json"];
    expect(bodies.filter(json)).to.deep.equal(["{}"]);
    expect(bodies.filter(text)).to.deep.equal(["hello", "null", "5", "{not json"]);
  });

  const wrong: [string, string][] = [
    ["is not JSON", "{"],
    ["is not an object", '"body"'],
    ["is empty", "{}"],
    ["has another key than the body", '{"messageId":["x"]}'],
    ["has another key besides the body", '{"body":["x"],"attributes":{"a":["x"]}}'],
    ["has an empty list", pattern({ n: [] })],
    ["has an empty object", pattern({ n: {} })],
    ["has a bare value", pattern({ n: "x" })],
    ["has an unknown operator", pattern({ n: [{ like: "x" }] })],
    ["has an operator that Lambda has not", pattern({ n: [{ wildcard: "x*" }] })],
    ["is longer than 4,096 characters", pattern(["x".repeat(4_096)])],
  ];
  for (const [what, text] of wrong) {
    it(`are refused when a pattern ${what}`, () => {
      expect(() => compileFilters([text])).to.throw("Invalid filter pattern definition.");
    });
  }

  it("are five at most", () => {
    expect(() => compileFilters(Array.from({ length: 6 }, () => pattern(["x"])))).to.throw(
      "at most 5 filters, given 6",
    );
  });
});
