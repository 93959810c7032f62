import { expect } from "chai";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

describe("a batch window", () => {
  function start(settings = {}, attributes = {}) {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud, { windowSeconds: 20, ...settings }, attributes);
    const send = (...bodies: string[]) => {
      for (const body of bodies) cloud.queues.send(queue.arn, message(body));
    };
    const batches = () => cloud.invocations.map(({ bodies }) => bodies.join(" "));
    return { ...cloud, queue, mapping, send, batches };
  }

  it("gathers messages from the first one on, until it ends", async () => {
    const { clock, send, batches } = start();

    await clock.advance(5_000);
    send("a");
    await clock.advance(10_000);
    send("b");
    await clock.advance(9_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal([]);
    expect(batches()).to.deep.equal(["a b"]);
  });

  it("begins anew with the next message", async () => {
    const { clock, send, batches } = start();

    send("a");
    await clock.advance(20_000);
    await clock.advance(15_000);
    send("b");
    await clock.advance(19_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal(["a"]);
    expect(batches()).to.deep.equal(["a", "b"]);
  });

  it("does not hold up a batch that is full, and starts over for what is left", async () => {
    const { clock, send, batches } = start({ batchSize: 3 });

    send("a", "b", "c", "d");
    await clock.advance(0);
    const atOnce = batches();
    await clock.advance(19_999);
    const before = batches();
    await clock.advance(1);

    expect(atOnce).to.deep.equal(["a b c"]);
    expect(before).to.deep.equal(["a b c"]);
    expect(batches()).to.deep.equal(["a b c", "d"]);
  });

  it("of what is left begins when the full batch is closed, not when that began", async () => {
    const { clock, send, batches } = start({ batchSize: 3 });

    send("a");
    await clock.advance(10_000);
    send("b", "c", "d");
    await clock.advance(19_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal(["a b c"]);
    expect(batches()).to.deep.equal(["a b c", "d"]);
  });

  it("leaves a throttled batch only until its first message comes back", async () => {
    const { clock, send, state, trace } = start({}, { VisibilityTimeout: "60" });
    state.behaviour = "throttled";

    const begun = clock.now();
    send("first");
    await clock.advance(15_000);
    send("second");
    await clock.advance(44_999);

    const retries = trace
      .recent()
      .flatMap((hop) => (hop.kind === "retrying" ? [hop.at - begun] : []));
    expect([...new Set(retries)]).to.deep.equal([21_000, 23_000, 27_000, 35_000, 51_000]);
  });

  it("allows batches of far more than ten", async () => {
    const { clock, send, invocations } = start({ batchSize: 10_000 });

    send(...Array.from({ length: 1_234 }, (_, n) => String(n)));
    await clock.advance(20_000);

    expect(invocations.map(({ records }) => records.length)).to.deep.equal([1_234]);
  });

  it("gives no more messages than an event of 6 MB can hold", async () => {
    const { clock, send, invocations } = start({ batchSize: 10_000 });

    send(...Array.from({ length: 14 }, () => "x".repeat(1_000_000)));
    await clock.advance(40_000);

    expect(invocations.map(({ records }) => records.length)).to.deep.equal([6, 6, 2]);
    for (const { event } of invocations) expect(event.length).to.be.at.most(6_291_456);
  });

  it("keeps gathered messages hidden for window, timeout and 30 seconds where the queue would not", async () => {
    const { clock, send, batches, state } = start({}, { VisibilityTimeout: "10" });
    state.behaviour = "fails";

    send("a");
    await clock.advance(20_000);
    const first = batches().length;
    await clock.advance(52_999);
    const before = batches().length;
    await clock.advance(20_000);

    // Visible again 53 seconds after its receive, it waits for another window.
    expect([first, before, batches().length]).to.deep.equal([1, 1, 2]);
  });

  it("keeps messages hidden longer as soon as window and timeout are longer together", async () => {
    const { clock, send, batches, state } = start({ windowSeconds: 5 }, { VisibilityTimeout: "7" });
    state.behaviour = "fails";

    send("a");
    await clock.advance(5_000 + 38_000 - 1);
    const before = batches().length;
    await clock.advance(1);

    // Visible again 5 + 3 + 30 seconds after its receive, it waits for another window.
    expect([before, batches().length]).to.deep.equal([1, 2]);
  });

  it("leaves the queue's own visibility timeout alone where that is long enough", async () => {
    const { clock, send, batches, state } = start({}, { VisibilityTimeout: "23" });
    state.behaviour = "fails";

    send("a");
    await clock.advance(42_999);
    const before = batches().length;
    await clock.advance(1);

    // Visible again 23 seconds after its receive, it waits for another window.
    expect([before, batches().length]).to.deep.equal([1, 2]);
  });

  it("does not hand out an open batch when the mapping is disabled", async () => {
    const { clock, send, batches, mappings, mapping } = start({}, { VisibilityTimeout: "60" });

    send("a");
    await clock.advance(10_000);
    mappings.setEnabled(mapping.uuid, false);
    await clock.advance(60_000);
    const disabled = batches();
    mappings.setEnabled(mapping.uuid, true);
    await clock.advance(20_000);

    expect(disabled).to.deep.equal([]);
    expect(batches()).to.deep.equal(["a"]);
  });

  it("keeps its end, however many messages come before it, and none is left behind", async () => {
    const { clock, send, batches } = start();

    send("a");
    await clock.advance(10_000);
    send("b");
    await clock.advance(15_000);
    send("c");
    await clock.advance(19_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal(["a b"]);
    expect(batches()).to.deep.equal(["a b", "c"]);
  });

  it("does not begin with a message that no filter matches", async () => {
    const { clock, send, batches } = start({ filters: ['{"body":["wanted"]}'] });

    send("other");
    await clock.advance(15_000);
    send("wanted");
    await clock.advance(19_999);
    const before = batches();
    await clock.advance(1);

    expect(before).to.deep.equal([]);
    expect(batches()).to.deep.equal(["wanted"]);
  });

  it("takes no more messages than the batch has room for", async () => {
    const { clock, send, batches, state, queues, queue } = start({ batchSize: 3 });
    state.behaviour = "byHand";

    send("a");
    await clock.advance(10_000);
    send("b", "c", "d", "e", "f");
    await clock.advance(0);

    expect(batches()).to.deep.equal(["a b c"]);
    expect(queues.counts(queue.arn)).to.include({ visible: 3, inFlight: 3 });
  });

  it("leaves its batch to wait while as many are worked on as may be", async () => {
    const { clock, send, state, invocations } = start(
      { batchSize: 10_000 },
      { VisibilityTimeout: "60" },
    );
    state.behaviour = "byHand";
    const sizes = () => invocations.map(({ records }) => records.length);

    send(...Array.from({ length: 7 }, () => "x".repeat(1_000_000)));
    await clock.advance(20_000);
    const before = sizes();
    invocations[0]?.succeed();
    await clock.advance(0);

    expect(before).to.deep.equal([6]);
    expect(sizes()).to.deep.equal([6, 1]);
  });

  it("does not begin more batches than may be worked on at once", async () => {
    const { clock, send, state, batches, invocations } = start({ batchSize: 2 });
    state.behaviour = "byHand";

    send("a", "b", "c", "d", "e");
    await clock.advance(40_000);
    const before = batches();
    invocations[0]?.succeed();
    await clock.advance(0);

    expect(before).to.deep.equal(["a b"]);
    expect(batches()).to.deep.equal(["a b", "c d"]);
  });
});
