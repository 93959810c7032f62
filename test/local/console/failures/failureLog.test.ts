import { expect } from "chai";
import { FailureLog } from "../../../../local/console/failures/failureLog.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import type { Step } from "../../../../local/trace/hop.ts";
import { Trace } from "../../../../local/trace/trace.ts";

const topic = "arn:aws:sns:r:0:t";
const queue = "arn:aws:sqs:r:0:q";
const worker = "arn:aws:lambda:r:0:function:w";
const root = "arn:aws:iam::0:root";

describe("the failures of a run", () => {
  let trace: Trace;
  let failures: FailureLog;
  beforeEach(() => {
    trace = new Trace(new ManualClock(async () => {}));
    failures = new FailureLog(trace);
  });

  const publish = (event: string, body = "{}") =>
    trace.record(event, root, topic, { kind: "published", messageId: event, body });
  const atQueue = (event: string, step: Step) => trace.record(event, topic, queue, step);
  const reasons = () =>
    failures
      .list()
      .map(({ event, branches }) => [
        event.id,
        ...branches.map(({ endpoint, state, reason }) => `${endpoint} ${state}: ${reason}`),
      ]);

  it("have what SNS dropped, was denied, or could not deliver, with the step", () => {
    publish("lost");
    atQueue("lost", { kind: "dropped", reason: "too many attributes" });
    publish("denied");
    atQueue("denied", { kind: "denied", reason: "no policy" });
    trace.record("refused", root, topic, { kind: "denied", reason: "not your topic" });
    expect(reasons()).to.deep.equal([
      ["refused", `${topic} denied: not your topic`],
      ["denied", `${queue} denied: no policy`],
      ["lost", `${queue} dropped: too many attributes`],
    ]);
    expect(failures.list()[2]?.branches[0]).to.include({ from: topic, to: queue });
    expect(failures.open).to.equal(3);
    expect(failures.failing()).to.deep.equal({
      [topic]: { denied: 1 },
      [queue]: { dropped: 1, denied: 1 },
    });
    expect(failures.countAt(new Set([queue]))).to.equal(2);
    expect(failures.countAt(new Set([queue, topic]))).to.equal(3);
  });

  it("count each failure of a function on a stream once, however it goes on", () => {
    const stream = "arn:aws:kinesis:r:0:stream/s";
    const atWorker = (step: Step) => trace.record("e", stream, worker, step);
    for (const isLast of [false, true]) {
      atWorker({ kind: "invoked", requestId: "r", batchSize: 1 });
      atWorker({ kind: "failed", requestId: "r", reason: "no" });
      if (!isLast) atWorker({ kind: "retrying", reason: "no", at: 1000 });
    }
    atWorker({ kind: "dropped", reason: "given up after 2 attempts: no" });
    expect(failures.list()[0]?.branches[0]).to.include({ tries: 2, invokedBy: stream });
  });

  it("have one entry for an event that fails again and again, and none is open once it is handled", () => {
    publish("e");
    atQueue("e", { kind: "queued", messageId: "m", delaySeconds: 0 });
    for (let receiveCount = 1; receiveCount <= 3; receiveCount++) {
      trace.record("e", queue, worker, { kind: "received", messageId: "m", receiveCount });
      trace.record("e", queue, worker, { kind: "failed", requestId: "r", reason: "no" });
    }
    expect(reasons()).to.deep.equal([["e", `${queue} failed: no`]]);
    expect(failures.countAt(new Set([topic, queue, worker]))).to.equal(1);
    expect(failures.list()[0]?.branches[0]).to.include({ tries: 3 });
    trace.record("e", queue, worker, { kind: "handled", requestId: "r", milliseconds: 1 });
    expect(failures.list()).to.have.lengthOf(1);
    expect(failures.open).to.equal(0);
  });

  it("have an event that every filter kept back, or that has no subscriber, and none that somebody got", async () => {
    const filtered = { kind: "filtered", reason: "not asked for" } as const;
    publish("nobody");
    atQueue("nobody", filtered);
    publish("alone");
    publish("some");
    atQueue("some", filtered);
    trace.record("some", topic, worker, { kind: "invoked", requestId: "r", batchSize: 1 });
    publish("test", '{"Event":"s3:TestEvent"}');
    await Promise.resolve();
    expect(reasons()).to.deep.equal([["alone"], ["nobody", `${queue} filtered: not asked for`]]);
    expect(failures.failing()).to.deep.equal({ [topic]: { unreached: 2 } });
  });

  it("have what a filter kept back that looks in the wrong place, whoever else got it", () => {
    publish("e");
    atQueue("e", { kind: "filtered", reason: "the body has it", isElsewhere: true });
    trace.record("e", topic, worker, { kind: "invoked", requestId: "r", batchSize: 1 });
    expect(reasons()).to.deep.equal([["e", `${queue} filtered: the body has it`]]);
  });

  it("are forgotten when they are cleared, and come back with the next failure", () => {
    publish("e");
    atQueue("e", { kind: "dropped", reason: "a" });
    failures.clear();
    expect(failures.list()).to.deep.equal([]);
    atQueue("e", { kind: "dropped", reason: "b" });
    expect(reasons()).to.deep.equal([["e", `${queue} dropped: b`]]);
  });
});
