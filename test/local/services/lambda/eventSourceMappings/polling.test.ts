import { expect } from "chai";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

describe("an event source mapping", () => {
  it("brings messages to the function as they come, and deletes what it has dealt with", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    cloud.queues.send(queue.arn, message("one"));
    await cloud.settle();
    cloud.queues.send(queue.arn, message("two"));
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([["one"], ["two"]]);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 0 });
  });

  it("finds what was in the queue before it", async () => {
    const cloud = startMappings();
    const { arn } = cloud.queues.create("work");
    cloud.queues.send(arn, message("early"));

    map(cloud);
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([["early"]]);
  });

  it("gives at most the batch's size at once", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud, { batchSize: 4 });

    for (let n = 1; n <= 10; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies.length)).to.deep.equal([4, 4, 2]);
  });

  it("gives ten at most unless told otherwise", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    for (let n = 1; n <= 25; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies.length)).to.deep.equal([10, 10, 5]);
  });

  it("works on several batches at once, and takes the next when one is done", async () => {
    const cloud = startMappings({ concurrency: 3 });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { batchSize: 1 });

    for (let n = 1; n <= 5; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();
    const atFirst = cloud.invocations.length;
    cloud.invocations[1]?.succeed();
    await cloud.settle();

    expect(atFirst).to.equal(3);
    expect(cloud.invocations.map(({ bodies }) => bodies[0])).to.deep.equal(["1", "2", "3", "4"]);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 1, inFlight: 3 });
  });

  it("starts with five batches at once, or one for each core of the machine, but at least two", async () => {
    const cores = (await import("node:os")).availableParallelism();
    const cloud = startMappings({ concurrency: undefined });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { batchSize: 1 });

    for (let n = 1; n <= 10; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();

    expect(cloud.invocations).to.have.length(Math.min(5, Math.max(2, cores)));
  });

  it("keeps to its maximum concurrency", async () => {
    const cloud = startMappings({ concurrency: 5 });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { batchSize: 1, maximumConcurrency: 2 });

    for (let n = 1; n <= 5; n++) cloud.queues.send(queue.arn, message(String(n)));
    await cloud.settle();

    expect(cloud.invocations).to.have.length(2);
  });

  it("does not let one slow function hold up another's queue", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud);
    const other = cloud.queues.create("other");
    cloud.mappings.create({ functionArn: `${queue.arn}2`, queueArn: other.arn });

    cloud.queues.send(queue.arn, message("slow"));
    cloud.queues.send(other.arn, message("quick"));
    await cloud.settle();

    expect(cloud.invocations.map(({ bodies }) => bodies[0])).to.deep.equal(["slow", "quick"]);
  });

  it("sets no timer while there is nothing to do", async () => {
    const cloud = startMappings();
    let timers = 0;
    const at = cloud.clock.at.bind(cloud.clock);
    cloud.clock.at = (time, action) => {
      timers++;
      return at(time, action);
    };

    map(cloud);
    await cloud.settle();

    expect(timers).to.equal(0);
  });

  it("waits for a delayed message until it is due", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    cloud.queues.send(queue.arn, message("late", { delaySeconds: 30 }));
    await cloud.clock.advance(29_999);
    const before = cloud.invocations.length;
    await cloud.clock.advance(1);

    expect(before).to.equal(0);
    expect(cloud.invocations).to.have.length(1);
  });

  it("records each message's way: received, invoked, handled", async () => {
    const cloud = startMappings();
    const { queue } = map(cloud);

    cloud.queues.send(queue.arn, message("one", { event: "e1" }));
    cloud.queues.send(queue.arn, message("two", { event: "e2" }));
    await cloud.settle();

    const hops = cloud.trace.recent().filter(({ event }) => event === "e2");
    expect(hops.map(({ kind }) => kind)).to.deep.equal([
      "queued",
      "received",
      "invoked",
      "handled",
    ]);
    const [, received, invoked, handled] = hops;
    const between = {
      from: queue.arn,
      to: "arn:aws:lambda:eu-west-1:000000000000:function:worker",
    };
    expect(received).to.include({ ...between, receiveCount: 1 });
    expect(invoked).to.include({ ...between, batchSize: 2 });
    expect(handled).to.include({ ...between, milliseconds: 5 });
    const ids = [invoked, handled].map((hop) => hop && "requestId" in hop && hop.requestId);
    expect(ids[0]).to.match(/^[0-9a-f-]{36}$/);
    expect(ids[0]).to.equal(ids[1]);
  });

  it("does nothing more once it is closed, not even with what is at work", async () => {
    const cloud = startMappings();
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud);
    cloud.queues.send(queue.arn, message("at work"));
    await cloud.settle();

    cloud.mappings.close();
    cloud.queues.send(queue.arn, message("after"));
    cloud.invocations[0]?.succeed();
    await cloud.settle();

    expect(cloud.invocations).to.have.length(1);
    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 1, inFlight: 1 });
  });
});
