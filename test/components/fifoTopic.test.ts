import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs } from "../../components/index.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const handler = "test/fixtures/handlers/echo.ts";

function orders(args: Partial<FanoutTopicArgs> = {}) {
  return runProgram(
    () =>
      new FanoutTopic("orders", {
        fifo: true,
        consumers: [{ name: "inventory", handler }],
        ...args,
      }),
  );
}

describe("a FIFO topic", () => {
  it("deduplicates by content by default", async () => {
    const topic = resource(await orders(), "aws:sns/topic:Topic", "orders");
    expect(topic.inputs).to.deep.equal({ fifoTopic: true, contentBasedDeduplication: true });
  });

  it("has FIFO queues and FIFO dead-letter queues, named so", async () => {
    const run = await orders();
    for (const [name, physical] of [
      ["orders-inventory", "orders-1a2b3c4-inventory.fifo"],
      ["orders-inventory-dlq", "orders-1a2b3c4-inventory-dlq.fifo"],
    ] as const) {
      const queue = resource(run, "aws:sqs/queue:Queue", name);
      expect(queue.inputs).to.include({
        name: physical,
        fifoQueue: true,
        contentBasedDeduplication: true,
      });
      expect(queue.inputs).not.to.have.any.keys("deduplicationScope", "fifoThroughputLimit");
    }
  });

  it("allows the dead-letter queue to the FIFO queue by its whole name", async () => {
    const queue = resource(await orders(), "aws:sqs/queue:Queue", "orders-inventory-dlq");
    expect(json(queue, "redriveAllowPolicy")).to.deep.equal({
      redrivePermission: "byQueue",
      sourceQueueArns: ["arn:aws:sqs:eu-west-1:123456789012:orders-1a2b3c4-inventory.fifo"],
    });
  });

  it("gives the mapping no batch window, which AWS refuses on FIFO, not even one of 0", async () => {
    const mapping = resource(
      await orders(),
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "orders-inventory",
    );
    expect(mapping.inputs).not.to.have.property("maximumBatchingWindowInSeconds");
  });

  it("sets high throughput on the topic, the queues and the dead-letter queues together", async () => {
    const run = await orders({ fifo: { highThroughput: true } });
    expect(run.warnings).to.have.lengthOf(1);
    expect(run.warnings[0]).to.include('FanoutTopic "orders": fifo.highThroughput: AWS does not');
    const topic = resource(run, "aws:sns/topic:Topic", "orders");
    expect(topic.inputs).to.include({ fifoThroughputScope: "MessageGroup" });
    for (const name of ["orders-inventory", "orders-inventory-dlq"]) {
      expect(resource(run, "aws:sqs/queue:Queue", name).inputs).to.include({
        deduplicationScope: "messageGroup",
        fifoThroughputLimit: "perMessageGroupId",
      });
    }
  });

  it("keeps an archive when asked, and leaves deduplication to the publisher when asked", async () => {
    const run = await orders({ fifo: { archiveDays: 30, contentBasedDeduplication: false } });
    expect(run.warnings.join()).to.include("before `pulumi destroy`, set archiveDays to 0");
    const topic = resource(run, "aws:sns/topic:Topic", "orders");
    expect(topic.inputs).to.include({
      contentBasedDeduplication: false,
      archivePolicy: '{"MessageRetentionPeriod":"30"}',
    });
    const queue = resource(run, "aws:sqs/queue:Queue", "orders-inventory");
    expect(queue.inputs).to.include({ contentBasedDeduplication: false });
  });

  it("deactivates an archive of 0 days", async () => {
    const run = await orders({ fifo: { archiveDays: 0 } });
    expect(run.warnings).to.deep.equal([]);
    expect(resource(run, "aws:sns/topic:Topic", "orders").inputs).to.include({
      archivePolicy: "{}",
    });
  });

  it("gives a consumer that does not need order a standard queue with a standard dead-letter queue", async () => {
    const run = await orders({
      consumers: [{ name: "search", handler, fifo: false, batchSize: 100, batchWindowSeconds: 5 }],
    });
    expect(run.warnings.join()).to.include('consumer "search": a standard queue on a FIFO topic');
    for (const name of ["orders-search", "orders-search-dlq"]) {
      const queue = resource(run, "aws:sqs/queue:Queue", name);
      expect(queue.inputs).not.to.have.any.keys("fifoQueue", "contentBasedDeduplication");
      expect(queue.inputs.name).to.match(/^orders-1a2b3c4-search(-dlq)?$/);
    }
    const mapping = resource(
      run,
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      "orders-search",
    );
    expect(mapping.inputs).to.include({ batchSize: 100, maximumBatchingWindowInSeconds: 5 });
  });
});
