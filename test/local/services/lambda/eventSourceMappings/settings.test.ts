import { expect } from "chai";
import type { MappingDefinition } from "../../../../../local/services/lambda/eventSourceMappings/eventSourceMapping.ts";
import { functionArn, map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

describe("creating an event source mapping", () => {
  it("gives it AWS's defaults", () => {
    const { mapping, queue } = create();

    const { uuid } = mapping;
    expect(uuid).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(mapping).to.deep.equal({
      uuid,
      arn: `arn:aws:lambda:eu-west-1:000000000000:event-source-mapping:${uuid}`,
      functionArn,
      queueArn: queue.arn,
      batchSize: 10,
      windowSeconds: 0,
      reportBatchItemFailures: false,
      filters: [],
      enabled: true,
      lastModified: Date.UTC(2026, 0, 1),
    });
  });

  it("takes what is left undefined for not given", () => {
    const cloud = startMappings();
    const { mapping } = map(cloud, { batchSize: undefined, windowSeconds: undefined });

    expect(mapping).to.include({ batchSize: 10, windowSeconds: 0 });
  });

  it("is refused a second time for the same queue and function", () => {
    const { cloud, queue, mapping } = create();

    expect(() => cloud.mappings.create({ functionArn, queueArn: queue.arn }))
      .to.throw(
        `An event source mapping with SQS arn (" ${queue.arn} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${mapping.uuid}`,
      )
      .to.include({ status: 409, code: "ResourceConflictException" });
  });

  it("is not refused for another function of the queue, or another queue of the function", () => {
    const { cloud, queue } = create();
    const other = cloud.queues.create("other");

    cloud.mappings.create({ functionArn: `${functionArn}-2`, queueArn: queue.arn });
    cloud.mappings.create({ functionArn, queueArn: other.arn });

    expect(cloud.mappings.list()).to.have.length(3);
  });

  const accepted: [string, Partial<MappingDefinition>, Record<string, string>][] = [
    ["the largest batch", { batchSize: 10_000, windowSeconds: 300 }, {}],
    ["provisioned pollers alone", { provisionedPollers: { minimum: 2, maximum: 2 } }, {}],
    ["only a minimum of pollers", { provisionedPollers: { minimum: 200 } }, {}],
    ["only a maximum of pollers", { provisionedPollers: { maximum: 10_000 } }, {}],
    ["the lowest concurrency", { maximumConcurrency: 2 }, {}],
    ["the highest concurrency", { maximumConcurrency: 1_000 }, {}],
    ["messages hidden for the function's timeout", {}, { VisibilityTimeout: "3" }],
    ["five filters", { filters: Array(5).fill('{"body":["x"]}') }, {}],
    [
      "a filter of 4,096 characters",
      { filters: [JSON.stringify({ body: ["x".repeat(4_096 - '{"body":[""]}'.length)] })] },
      {},
    ],
  ];
  for (const [what, settings, attributes] of accepted) {
    it(`is accepted with ${what}`, () => {
      const { mapping } = map(startMappings(), settings, attributes);

      expect(mapping).to.deep.include(settings);
    });
  }

  it("is refused for a queue that does not exist", () => {
    const { mappings } = startMappings();
    const queueArn = "arn:aws:sqs:eu-west-1:000000000000:none";

    expect(() => mappings.create({ functionArn, queueArn }))
      .to.throw(
        "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
      )
      .with.property("code", "InvalidParameterValueException");
  });

  it("is rejected for a stream as not supported", () => {
    const { mappings } = startMappings();
    const queueArn = "arn:aws:kinesis:eu-west-1:000000000000:stream/s";

    expect(() => mappings.create({ functionArn, queueArn })).to.throw(
      `does not support the event source "${queueArn}"`,
    );
  });

  it("is refused when the function may run longer than messages stay hidden", () => {
    const cloud = startMappings();
    cloud.state.timeoutSeconds = 60;

    expect(() => map(cloud, {}, { VisibilityTimeout: "59" }))
      .to.throw("Queue visibility timeout: 59 seconds is less than Function timeout: 60 seconds")
      .with.property("code", "InvalidParameterValueException");
  });

  const fifo = { FifoQueue: "true" };
  const refused: [string, Partial<MappingDefinition>, Record<string, string>, string][] = [
    [
      "a batch of 0",
      { batchSize: 0 },
      {},
      "Value '0' at 'batchSize' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a batch of 10,001",
      { batchSize: 10_001, windowSeconds: 1 },
      {},
      "less than or equal to 10000",
    ],
    ["a batch of two and a half", { batchSize: 2.5 }, {}, "Member must be an integer"],
    [
      "a batch above ten without a window",
      { batchSize: 11 },
      {},
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    ],
    [
      "a window above 300 seconds",
      { windowSeconds: 301 },
      {},
      "at 'maximumBatchingWindowInSeconds'",
    ],
    [
      "a window on a FIFO queue",
      { windowSeconds: 1 },
      fifo,
      "Batching window is not supported for FIFO queues",
    ],
    [
      "a batch above ten on a FIFO queue",
      { batchSize: 11 },
      fifo,
      "Batch size must be 1 to 10 for a FIFO queue, given 11.",
    ],
    [
      "a maximum concurrency of 1",
      { maximumConcurrency: 1 },
      {},
      "Value '1' at 'scalingConfig.maximumConcurrency'",
    ],
    [
      "a maximum concurrency of 1,001",
      { maximumConcurrency: 1_001 },
      {},
      "less than or equal to 1000",
    ],
    [
      "one provisioned poller",
      { provisionedPollers: { minimum: 1 } },
      {},
      "at 'provisionedPollerConfig.minimumPollers'",
    ],
    [
      "10,001 provisioned pollers",
      { provisionedPollers: { maximum: 10_001 } },
      {},
      "at 'provisionedPollerConfig.maximumPollers'",
    ],
    [
      "fewer provisioned pollers at most than at least",
      { provisionedPollers: { minimum: 5, maximum: 4 } },
      {},
      "MinimumPollers must not be above MaximumPollers, given 5 and 4.",
    ],
    [
      "provisioned pollers and a maximum concurrency",
      { provisionedPollers: {}, maximumConcurrency: 2 },
      {},
      "cannot be used together",
    ],
    [
      "an empty filter",
      { filters: ["{}"] },
      {},
      'Invalid filter pattern definition. (filters on records of sqs may only use "body")',
    ],
    [
      "a filter on another part of the record",
      { filters: ['{"body":["x"],"attributes":{"a":["x"]}}'] },
      {},
      'Invalid filter pattern definition. (filters on records of sqs may only use "body")',
    ],
    [
      "a filter that is not JSON",
      { filters: ["body"] },
      {},
      "Invalid filter pattern definition. (a pattern is a JSON object of at most 4096 characters)",
    ],
  ];
  for (const [what, settings, attributes, text] of refused) {
    it(`is refused with ${what}`, () => {
      const cloud = startMappings();

      expect(() => map(cloud, settings, attributes))
        .to.throw(text)
        .with.property("code")
        .that.is.oneOf(["InvalidParameterValueException", "ValidationException"]);
      expect(cloud.mappings.list()).to.deep.equal([]);
    });
  }

  function create() {
    const cloud = startMappings();
    return { cloud, ...map(cloud) };
  }
});

describe("an event source mapping that is changed", () => {
  it("does not run while it is disabled, and goes on when it is enabled", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud, { enabled: false });

    cloud.queues.send(queue.arn, message("one"));
    await cloud.clock.advance(3_600_000);
    const disabled = cloud.invocations.length;
    cloud.mappings.setEnabled(mapping.uuid, true);
    await cloud.settle();

    expect(disabled).to.equal(0);
    expect(cloud.invocations).to.have.length(1);
  });

  it("finishes what is at work when it is disabled, and takes nothing more", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue, mapping } = map(cloud, { batchSize: 1 });
    cloud.queues.send(queue.arn, message("one"));
    cloud.queues.send(queue.arn, message("two"));
    await cloud.settle();

    cloud.mappings.setEnabled(mapping.uuid, false);
    cloud.invocations[0]?.succeed();
    await cloud.settle();

    expect(cloud.invocations).to.have.length(1);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 1, inFlight: 0 });
  });

  it("follows its new batch size", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud);

    const changed = cloud.mappings.update(mapping.uuid, { batchSize: 2 });
    for (const body of ["a", "b", "c"]) cloud.queues.send(queue.arn, message(body));
    await cloud.settle();

    expect(changed).to.include({ uuid: mapping.uuid, batchSize: 2 });
    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([["a", "b"], ["c"]]);
  });

  it("works for another function when it is given one", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud);
    const other = `${mapping.functionArn}-2`;

    const changed = cloud.mappings.update(mapping.uuid, { functionArn: other });
    cloud.queues.send(queue.arn, message("a"));
    await cloud.settle();

    expect(changed.functionArn).to.equal(other);
    expect(cloud.invocations.map(({ functionArn }) => functionArn)).to.deep.equal([other]);
  });

  it("keeps its old settings when the new ones are refused", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud);

    expect(() => cloud.mappings.update(mapping.uuid, { batchSize: 11 })).to.throw(
      "Maximum batch window in seconds must be greater than 0",
    );
    cloud.queues.send(queue.arn, message("a"));
    await cloud.settle();

    expect(cloud.mappings.get(mapping.uuid).batchSize).to.equal(10);
    expect(cloud.invocations).to.have.length(1);
  });

  it("is gone when it is deleted", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud);

    cloud.mappings.delete(mapping.uuid);
    cloud.queues.send(queue.arn, message("a"));
    await cloud.settle();

    expect(cloud.invocations).to.have.length(0);
    expect(cloud.mappings.list()).to.deep.equal([]);
    expect(() => cloud.mappings.get(mapping.uuid))
      .to.throw("The resource you requested does not exist.")
      .to.include({ status: 404, code: "ResourceNotFoundException" });
    expect(cloud.mappings.find(mapping.uuid)).to.equal(undefined);
  });
});
