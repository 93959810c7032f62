import { expect } from "chai";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { inGroup } from "../../../../harness/cloud/queues.ts";

const fifo = { FifoQueue: "true", VisibilityTimeout: "30" };

describe("an event source mapping on a FIFO queue", () => {
  function start(settings = {}, concurrency = 3) {
    const cloud = startMappings({ concurrency });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, { reportBatchItemFailures: true, ...settings }, fifo);
    /** Sends messages such as `a1`: the letter is the group. */
    const send = (...bodies: string[]) => {
      for (const body of bodies) cloud.queues.send(queue.arn, inGroup(body.charAt(0), body));
    };
    const batches = () => cloud.invocations.map(({ bodies }) => bodies.join(" "));
    return { ...cloud, queue, send, batches };
  }

  it("gives several messages of one group at once, in their order", async () => {
    const { settle, send, batches } = start();

    send("a1", "a2", "a3", "a4");
    await settle();

    expect(batches()).to.deep.equal(["a1 a2 a3 a4"]);
  });

  it("gives several groups in one batch", async () => {
    const { settle, send, batches } = start();

    send("a1", "b1", "a2", "c1");
    await settle();

    const [batch = ""] = batches();
    expect(batches()).to.have.length(1);
    expect(batch.split(" ")).to.have.members(["a1", "a2", "b1", "c1"]);
    expect(batch.indexOf("a1")).to.be.below(batch.indexOf("a2"));
  });

  it("never works on one group in two invocations at once", async () => {
    const { settle, send, batches, invocations } = start({ batchSize: 1 });

    send("a1", "a2", "b1");
    await settle();
    const atFirst = batches();
    invocations[0]?.succeed();
    await settle();

    expect(atFirst).to.deep.equal(["a1", "b1"]);
    expect(batches()).to.deep.equal(["a1", "b1", "a2"]);
  });

  it("holds back a group that failed until its messages come back, while others go on", async () => {
    const { clock, settle, send, batches, invocations } = start({ batchSize: 1 });

    send("a1", "a2", "b1", "b2");
    await settle();
    invocations[0]?.fail();
    invocations[1]?.succeed();
    await settle();
    invocations[2]?.succeed();
    await clock.advance(29_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal(["a1", "b1", "b2"]);
    expect(batches()).to.deep.equal(["a1", "b1", "b2", "a1"]);
  });

  it("deletes what was dealt with, and brings exactly the rest again, in order, with one receive more", async () => {
    const { clock, settle, send, batches, invocations } = start();

    send("a1", "a2", "a3", "a4");
    await settle();
    const [, ...rest] = invocations[0]?.records ?? [];
    invocations[0]?.succeed({
      batchItemFailures: rest.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
    await clock.advance(30_000);

    expect(batches()).to.deep.equal(["a1 a2 a3 a4", "a2 a3 a4"]);
    const counts = invocations[1]?.records.map(
      ({ attributes }) => attributes.ApproximateReceiveCount,
    );
    expect(counts).to.deep.equal(["2", "2", "2"]);
  });

  it("does not let a later message overtake its group's failed ones, though a new one arrives", async () => {
    const { settle, send, batches, invocations } = start();

    send("a1", "a2");
    await settle();
    invocations[0]?.fail();
    send("a3");
    await settle();

    expect(batches()).to.deep.equal(["a1 a2"]);
  });

  it("splits what is too large for one event into invocations one after the other", async () => {
    const { settle, queues, queue, invocations } = start();
    const large = (id: string) =>
      inGroup("a", `${id}${"x".repeat(900_000)}`, { deduplicationId: id });

    for (const id of ["1", "2", "3", "4", "5", "6", "7", "8"]) queues.send(queue.arn, large(id));
    await settle();
    const atFirst = invocations.map(({ records }) => records.length);
    invocations[0]?.succeed();
    await settle();

    expect(atFirst).to.deep.equal([6]);
    expect(
      invocations.map(({ bodies }) => bodies.map((body) => body.charAt(0)).join("")),
    ).to.deep.equal(["123456", "78"]);
  });

  it("leaves the second part alone when the first has failed", async () => {
    const { clock, queues, queue, settle, invocations } = start();
    const large = (id: string) =>
      inGroup("a", `${id}${"x".repeat(900_000)}`, { deduplicationId: id });

    for (const id of ["1", "2", "3", "4", "5", "6", "7", "8"]) queues.send(queue.arn, large(id));
    await settle();
    invocations[0]?.fail();
    await clock.advance(30_000);

    expect(
      invocations.map(({ bodies }) => bodies.map((body) => body.charAt(0)).join("")),
    ).to.deep.equal(["123456", "123456"]);
  });

  it("leaves the second part alone when a message of the first has failed", async () => {
    const { settle, queues, queue, invocations } = start();
    const large = (id: string) =>
      inGroup("a", `${id}${"x".repeat(900_000)}`, { deduplicationId: id });

    for (const id of ["1", "2", "3", "4", "5", "6", "7", "8"]) queues.send(queue.arn, large(id));
    await settle();
    const last = invocations[0]?.records.at(-1)?.messageId;
    invocations[0]?.succeed({ batchItemFailures: [{ itemIdentifier: last }] });
    await settle();

    expect(invocations).to.have.length(1);
    expect(queues.counts(queue.arn)).to.include({ visible: 0, inFlight: 3 });
  });
});
