import { expect } from "chai";
import { FanoutTopic } from "../../../components/index.ts";
import { readStack } from "../../../local/cost/readStack.ts";
import type { StackShape } from "../../../local/cost/stackShape.ts";
import { inlineProgram } from "../../../local/engine/program/inlineProgram.ts";
import { startProject } from "../../../local/run/projectRun.ts";

const handler = {
  entry: "handlers/walkthrough/teamA.ts",
  architecture: "x86_64",
  memoryMb: 512,
  logRetentionDays: 7,
} as const;

async function program(): Promise<object> {
  new FanoutTopic("news", {
    alarms: true,
    encryption: "kms",
    consumers: [
      { name: "archive", rawDelivery: true },
      {
        name: "search",
        rawDelivery: false,
        handler,
        filter: { kind: ["article"] },
        filterScope: "MessageBody",
        batchSize: 50,
        batchWindowSeconds: 2,
        maxConcurrency: 4,
      },
      { name: "direct", kind: "function", handler },
    ],
  });
  new FanoutTopic("orders", { fifo: true, consumers: [{ name: "billing" }] });
  return {};
}

describe("the shape of a stack", () => {
  let shape: StackShape;

  before(async () => {
    const run = await startProject({
      stack: "dev",
      port: 0,
      projectName: "cost",
      program: inlineProgram(program),
      print: () => {},
    });
    shape = readStack(run.resources());
    await run.close();
  });

  it("has each topic's consumers with what decides their costs", () => {
    const shapeOfHandler = { memoryMb: 512, architecture: "x86_64", retentionDays: 7 };
    expect(shape.topics.find(({ name }) => name === "news")).to.deep.equal({
      name: "news",
      fifo: false,
      consumers: [
        {
          name: "news-archive",
          protocol: "sqs",
          raw: true,
          filter: "none",
          queue: { fifo: false },
        },
        {
          name: "news-search",
          protocol: "sqs",
          raw: false,
          filter: "body",
          queue: {
            fifo: false,
            mapping: {
              batchSize: 50,
              windowSeconds: 2,
              maximumConcurrency: 4,
              minimumPollers: undefined,
            },
          },
          handler: shapeOfHandler,
        },
        {
          name: "news-direct",
          protocol: "lambda",
          raw: false,
          filter: "none",
          handler: shapeOfHandler,
        },
      ],
    });
  });

  it("has FIFO topics with FIFO queues", () => {
    const orders = shape.topics.find(({ name }) => name === "orders");
    expect(orders?.fifo).to.equal(true);
    expect(orders?.consumers.map(({ queue }) => queue?.fifo)).to.deep.equal([true]);
  });

  it("counts alarms and keys", () => {
    expect(shape.keys).to.equal(1);
    expect(shape.alarms).to.be.above(0);
  });
});
