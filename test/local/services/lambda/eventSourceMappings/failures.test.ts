import { expect } from "chai";
import { AwsError } from "../../../../../local/protocol/awsError.ts";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

const visibility = { VisibilityTimeout: "30" };

describe("a batch whose function fails", () => {
  it("comes back when the queue's visibility timeout ends, not before, and counts on", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "fails";
    const { queue } = map(cloud, {}, visibility);

    cloud.queues.send(queue.arn, message("one"));
    await cloud.clock.advance(29_999);
    const before = cloud.invocations.length;
    cloud.state.behaviour = "succeeds";
    await cloud.clock.advance(1);

    expect(before).to.equal(1);
    const counts = cloud.invocations.map(
      ({ records }) => records[0]?.attributes.ApproximateReceiveCount,
    );
    expect(counts).to.deep.equal(["1", "2"]);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 0 });
  });

  it("goes to the dead-letter queue on the receive that would be one too many", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "fails";
    const dead = cloud.queues.create("dead");
    const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const { queue } = map(cloud, {}, { ...visibility, RedrivePolicy: redrive });

    cloud.queues.send(queue.arn, message("poison"));
    await cloud.clock.advance(59_999);
    const before = cloud.queues.counts(dead.arn).visible;
    await cloud.clock.advance(1);

    expect(before).to.equal(0);
    expect(cloud.invocations).to.have.length(2);
    expect(cloud.queues.counts(dead.arn).visible).to.equal(1);
  });

  it("is recorded as failed, message by message, with the error", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud);

    cloud.queues.send(queue.arn, message("one"));
    cloud.queues.send(queue.arn, message("two"));
    await cloud.settle();
    cloud.invocations[0]?.fail("no stock");
    await cloud.settle();

    const failed = cloud.trace.recent().filter(({ kind }) => kind === "failed");
    expect(failed).to.have.length(2);
    expect(failed[0]).to.include({ from: queue.arn, reason: "no stock" });
  });

  it("lowers the number of batches at once by one, down to one; successes bring it back", async () => {
    const cloud = startMappings({ concurrency: 3 });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { batchSize: 1 });
    const open = () => cloud.queues.counts(queue.arn).inFlight;
    const failOrSucceed = async (fails: boolean) => {
      const invocation = cloud.invocations[ended++];
      if (fails) invocation?.fail();
      else invocation?.succeed();
      await cloud.settle();
    };
    let ended = 0;
    let failures = 0;
    const atWork = () => open() - failures;

    for (let n = 1; n <= 20; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();
    const numbers = [atWork()];
    for (const fails of [true, true, true, true, false, false, false]) {
      if (fails) failures++;
      await failOrSucceed(fails);
      numbers.push(atWork());
    }

    expect(numbers).to.deep.equal([3, 2, 1, 1, 1, 2, 3, 3]);
  });

  it("does not lower it where the function reports failures one by one", async () => {
    const cloud = startMappings({ concurrency: 2 });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { batchSize: 1, reportBatchItemFailures: true });

    for (let n = 1; n <= 4; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();
    cloud.invocations[0]?.fail();
    await cloud.settle();

    expect(cloud.invocations).to.have.length(3);
  });

  it("fails with the error of a function that does not exist any more", async () => {
    const cloud = startMappings();
    const gone = new AwsError("ResourceNotFoundException", "Function not found: worker");
    const { queue } = map(cloud, {}, visibility);
    cloud.functions.invoke = () => Promise.reject(gone);

    cloud.queues.send(queue.arn, message("one"));
    await cloud.settle();

    const failed = cloud.trace.recent().filter(({ kind }) => kind === "failed");
    expect(failed).to.have.length(1);
    expect(failed[0]).to.have.property("reason", "Function not found: worker");
    expect(cloud.queues.counts(queue.arn)).to.include({ inFlight: 1 });
  });

  it("comes back after the queue's own timeout, though the function's has become longer", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "fails";
    const { queue } = map(cloud, {}, visibility);
    cloud.state.timeoutSeconds = 60;

    cloud.queues.send(queue.arn, message("one"));
    await cloud.clock.advance(30_000);

    expect(cloud.invocations).to.have.length(2);
  });
});

describe("a batch whose function is throttled", () => {
  it("is tried again after 1 second, 2, 4, ... while its messages stay hidden", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "throttled";
    const { queue } = map(cloud, {}, visibility);

    cloud.queues.send(queue.arn, message("one"));
    await cloud.clock.advance(6_999);
    cloud.state.behaviour = "succeeds";
    await cloud.clock.advance(1);

    const retries = cloud.trace.recent().flatMap((hop) => (hop.kind === "retrying" ? [hop] : []));
    const start = cloud.clock.now() - 7_000;
    expect(retries.map(({ at }) => at - start)).to.deep.equal([1_000, 3_000, 7_000]);
    expect(retries.map(({ reason }) => reason)).to.deep.equal(Array(3).fill("throttled"));
    expect(
      cloud.invocations.map(({ records }) => records[0]?.attributes.ApproximateReceiveCount),
    ).to.deep.equal(["1"]);
  });

  it("is not tried when its messages are visible again", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "throttled";
    const { queue } = map(cloud, {}, { VisibilityTimeout: "7" });

    cloud.queues.send(queue.arn, message("one"));
    await cloud.clock.advance(6_999);

    const hops = cloud.trace.recent();
    expect(hops.filter(({ kind }) => kind === "retrying")).to.have.length(2);
    const failed = hops.filter(({ kind }) => kind === "failed");
    expect(failed).to.have.length(1);
    expect(failed[0]).to.have.property("reason", "throttled");
  });

  it("lowers the number of batches at once, also where the function reports failures one by one", async () => {
    const cloud = startMappings({ concurrency: 2 });
    cloud.state.behaviour = "throttled";
    const settings = { batchSize: 1, reportBatchItemFailures: true };
    const { queue } = map(cloud, settings, { VisibilityTimeout: "3" });

    for (let n = 1; n <= 4; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.clock.advance(999);
    const atFirst = cloud.queues.counts(queue.arn).inFlight;
    await cloud.clock.advance(1);

    // Both were tried again and given up, and one took their place.
    expect([atFirst, cloud.queues.counts(queue.arn).inFlight]).to.deep.equal([2, 3]);
  });

  it("is dropped when its messages come back, each time with one receive more, until they are dead letters", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "throttled";
    const dead = cloud.queues.create("dead");
    const redrive = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 });
    const { queue } = map(cloud, {}, { ...visibility, RedrivePolicy: redrive });

    cloud.queues.send(queue.arn, message("unlucky"));
    await cloud.clock.advance(89_999);
    const before = cloud.queues.counts(dead.arn).visible;
    await cloud.clock.advance(1);

    expect(before).to.equal(0);
    expect(cloud.queues.counts(dead.arn).visible).to.equal(1);
    expect(cloud.invocations).to.have.length(0);
    const kinds = cloud.trace.recent().map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "received")).to.have.length(3);
    expect(kinds.filter((kind) => kind === "failed")).to.have.length(3);
  });

  it("is given up when the mapping is disabled meanwhile", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "throttled";
    const { queue, mapping } = map(cloud, {}, visibility);
    cloud.queues.send(queue.arn, message("one"));
    await cloud.settle();

    cloud.mappings.setEnabled(mapping.uuid, false);
    cloud.state.behaviour = "succeeds";
    await cloud.clock.advance(60_000);

    expect(cloud.invocations).to.have.length(0);
    expect(cloud.queues.counts(queue.arn).visible).to.equal(1);
  });
});

describe("a message that could not be deleted", () => {
  it("comes back, and the trace says that it was handled and why it stays", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, {}, { FifoQueue: "true", ...visibility });
    cloud.queues.send(queue.arn, message("slow", { groupId: "g", deduplicationId: "d" }));
    await cloud.settle();

    await cloud.clock.advance(30_000);
    cloud.invocations[0]?.succeed();
    await cloud.settle();

    expect(cloud.invocations).to.have.length(2);
    const failed = cloud.trace.recent().filter(({ kind }) => kind === "failed");
    expect(failed).to.have.length(1);
    expect(failed[0]?.kind === "failed" && failed[0].reason).to.match(
      /^it was handled but not deleted, and will come back: .*expired/,
    );
  });
});
