import { expect } from "chai";
import { type Prices, pricesByRegion } from "../../../aws/prices.ts";
import type { Load } from "../../../local/cost/load.ts";
import { monthlyCost, total } from "../../../local/cost/monthlyCost.ts";
import { savings } from "../../../local/cost/savings.ts";
import type {
  ConsumerShape,
  MappingShape,
  StackShape,
  TopicShape,
} from "../../../local/cost/stackShape.ts";

const prices = pricesOf("us-east-1");

const load: Load = {
  events: 10e6,
  bytes: 4096,
  milliseconds: 100,
  batch: 10,
  matches: {},
  logBytes: 0,
};

function pricesOf(region: string): Prices {
  const found = pricesByRegion[region];
  if (found === undefined) throw new Error(`no prices of ${region}`);
  return found;
}

function consumer(name: string, changes: Partial<ConsumerShape> = {}): ConsumerShape {
  return {
    name,
    protocol: "sqs",
    raw: true,
    filter: "none",
    queue: { fifo: false, mapping: { batchSize: 10, windowSeconds: 0 } },
    handler: { memoryMb: 128, architecture: "arm64", retentionDays: 14 },
    ...changes,
  };
}

function stackOf(
  consumers: readonly ConsumerShape[],
  changes: Partial<TopicShape> = {},
): StackShape {
  return { topics: [{ name: "orders", fifo: false, consumers, ...changes }], alarms: 0, keys: 0 };
}

const five = ["a", "b", "c", "d", "e"];

function costs(stack: StackShape, changes: Partial<Load> = {}) {
  const items = monthlyCost(stack, { ...load, ...changes }, prices);
  return Object.fromEntries(
    [...Map.groupBy(items, ({ service }) => service)].map(([service, group]) => [
      service,
      Number(total(group).toFixed(2)),
    ]),
  );
}

function pollers(mapping: Partial<MappingShape>): ConsumerShape {
  return consumer("a", {
    queue: { fifo: false, mapping: { batchSize: 10, windowSeconds: 0, ...mapping } },
  });
}

describe("the monthly cost of a stack", () => {
  it("is that of ten million messages of 4 KB to five queues with functions", () => {
    const stack = stackOf(five.map((name) => consumer(name)));
    expect(costs(stack)).to.deep.equal({ SNS: 5, SQS: 24, Lambda: 1.83 });
  });

  it("is that of the same messages in order", () => {
    const queue = { fifo: true, mapping: { batchSize: 10, windowSeconds: 0 } };
    const stack = stackOf(
      five.map((name) => consumer(name, { queue })),
      { fifo: true },
    );
    expect(costs(stack)).to.deep.equal({ SNS: 4.4, SQS: 30, Lambda: 1.83 });
  });

  // https://aws.amazon.com/sqs/pricing/: an API action with a payload of 256 KB is four requests.
  it("counts each 64 KB of a message as a request to SNS and to SQS", () => {
    const stack = stackOf([consumer("a", { queue: { fifo: false }, handler: undefined })]);
    const changes = { bytes: 256 * 1024, batch: 1, events: 1e6 };
    expect(costs(stack, changes)).to.deep.equal({ SNS: 2, SQS: 3.6 });
  });

  // https://aws.amazon.com/lambda/pricing/: three million invocations of 120 ms with 1,536 MB on x86, without the
  // free tier of a million requests and 400,000 GB-seconds.
  it("is that of three million invocations of a function", () => {
    const handler = { memoryMb: 1536, architecture: "x86_64", retentionDays: 14 } as const;
    const stack = stackOf([consumer("a", { protocol: "lambda", queue: undefined, handler })]);
    expect(costs(stack, { events: 3e6, milliseconds: 120 }).Lambda).to.equal(9.6);
  });

  it("counts a publication of ten small messages once", () => {
    expect(costs(stackOf([]), { publishBatch: 10 })).to.deep.equal({ SNS: 0.5 });
  });

  it("counts a filter on bodies by what it scans, and one on attributes not at all", () => {
    const attributes = stackOf([consumer("a", { filter: "attributes" })]);
    const body = stackOf([consumer("a", { filter: "body" })]);
    expect(costs(attributes).SNS).to.equal(5);
    expect(costs(body).SNS).to.equal(8.69);
  });

  it("leaves out what a filter drops, except for SNS", () => {
    const stack = stackOf([consumer("a", { filter: "attributes" })]);
    expect(costs(stack, { matches: { a: 0.5 } })).to.deep.equal({ SNS: 5, SQS: 2.4, Lambda: 0.18 });
  });

  it("counts the empty receives of two idle pollers, or five with a maximum concurrency", () => {
    const idle = { events: 0 };
    expect(costs(stackOf([pollers({})]), idle)).to.deep.equal({ SQS: 0.1 });
    expect(costs(stackOf([pollers({ maximumConcurrency: 10 })]), idle)).to.deep.equal({
      SQS: 0.26,
    });
  });

  it("counts alarms and keys", () => {
    const stack = { topics: [], alarms: 3, keys: 2 };
    expect(costs(stack)).to.deep.equal({ CloudWatch: 0.3, KMS: 2 });
  });

  it("takes batches of one message at a low rate, and larger ones with a window", () => {
    const changes = { batch: undefined, events: 1e6 };
    const invocations = (mapping: Partial<MappingShape>) =>
      monthlyCost(stackOf([pollers(mapping)]), { ...load, ...changes }, prices).find(
        ({ what }) => what === "requests",
      )?.dollars;
    expect(invocations({})).to.be.closeTo(0.2, 1e-9);
    expect(invocations({ windowSeconds: 5, batchSize: 100 })).to.be.closeTo(0.2 / 2.929, 1e-3);
  });

  it("has prices of logs by region", () => {
    const stack = stackOf([consumer("a")]);
    const logged = { ...load, logBytes: 1024 };
    const logs = (region: string) =>
      total(
        monthlyCost(stack, logged, pricesOf(region)).filter(
          ({ service }) => service === "CloudWatch",
        ),
      );
    expect(logs("us-east-1")).to.be.below(logs("eu-west-1"));
    expect(logs("eu-west-1")).to.be.below(logs("eu-central-1"));
  });
});

describe("the savings of a stack", () => {
  it("are those of choices that are not made yet, the largest first", () => {
    const handler = { memoryMb: 1024, architecture: "x86_64" } as const;
    const found = savings(stackOf([consumer("a", { handler })]), load, prices);
    expect(found.map(({ choice }) => choice)).to.deep.equal([
      "PublishBatch, with 10 messages each",
      "a filter on attributes that accepts half of the messages",
      "arm64",
    ]);
    expect(found[2]?.dollars).to.be.closeTo(1e6 * 0.1 * (0.0000166667 - 0.0000133334), 1e-6);
  });

  it("include standard queues for a topic in order", () => {
    const queue = { fifo: true, mapping: { batchSize: 10, windowSeconds: 0 } };
    const stack = stackOf([consumer("a", { queue, filter: "attributes" })], { fifo: true });
    const [first] = savings(stack, load, prices);
    expect(first?.choice).to.equal("a standard topic with standard queues, without order");
  });

  it("include messages of 64 KB", () => {
    const stack = stackOf([consumer("a", { filter: "attributes" })]);
    const found = savings(stack, { ...load, bytes: 100 * 1024 }, prices);
    expect(found.map(({ topic }) => topic)).to.include("all topics");
  });
});
