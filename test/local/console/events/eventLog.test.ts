import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect } from "chai";
import { EventLog } from "../../../../local/console/events/eventLog.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import type { Hop } from "../../../../local/trace/hop.ts";
import { Trace } from "../../../../local/trace/trace.ts";

const topic = "arn:aws:sns:eu-west-1:000000000000:t";
const queue = "arn:aws:sqs:eu-west-1:000000000000:q";

describe("the log of events", () => {
  let trace: Trace;
  let log: EventLog;
  beforeEach(() => {
    trace = new Trace(new ManualClock());
    log = new EventLog(trace);
  });

  const publish = (event: string) =>
    trace.record(event, "me", topic, { kind: "published", messageId: event, body: event });
  const queueUp = (event: string) =>
    trace.record(event, topic, queue, { kind: "queued", messageId: event, delaySeconds: 0 });
  const ids = (request: Parameters<EventLog["page"]>[0]) =>
    log.page(request).events.map(({ id }) => id);

  it("is read page by page, the latest event first", () => {
    for (const event of ["a", "b", "c"]) publish(event);
    queueUp("a");
    const { events, next } = log.page({ most: 2 });
    expect(events.map(({ id }) => id)).to.deep.equal(["c", "b"]);
    const rest = log.page({ most: 2, before: next });
    expect(rest.events.map(({ id, branches }) => [id, branches])).to.deep.equal([
      ["a", { [queue]: "waiting" }],
    ]);
    expect(rest).not.to.have.property("next");
    expect(log.sequence).to.equal(4);
  });

  it("returns to a reader that missed some hops the events that these belong to", () => {
    for (const event of ["a", "b", "c"]) publish(event);
    queueUp("a");
    expect(ids({ most: 10, after: 3 })).to.deep.equal(["a"]);
    expect(ids({ most: 10, after: 2 })).to.deep.equal(["c", "a"]);
    expect(ids({ most: 10, after: 4 })).to.deep.equal([]);
  });

  it("counts events, without files of the program", () => {
    trace.record("file", "arn:aws:iam::000000000000:root", "arn:aws:s3:::b", {
      ...{ kind: "stored", key: "k", eventName: "ObjectCreated:Put" },
    });
    publish("a");
    queueUp("a");
    expect(log.count).to.equal(1);
  });

  it("counts no event that a function brought in, which belongs to another", () => {
    let record: (hop: Hop) => void = () => {};
    log = new EventLog({
      listen: (listener) => {
        record = listener;
      },
    });
    const stored = { kind: "stored", key: "k", eventName: "ObjectCreated:Put" } as const;
    const places = { from: "arn:aws:lambda:r:0:function:w", to: "arn:aws:s3:::b" };
    record({ sequence: 1, time: 1, event: "a", ...places, ...stored });
    record({ sequence: 2, time: 2, event: "b", causes: ["a"], ...places, ...stored });
    expect(log.count).to.equal(1);
  });

  it("forgets the oldest of too many, and counts them still", () => {
    log = new EventLog(trace, 10);
    for (let number = 0; number < 12; number++) publish(String(number));
    expect(ids({ most: 100 })).to.deep.equal(["11", "10", "9", "8", "7", "6", "5", "4", "3", "2"]);
    expect(log.count).to.equal(12);
  });

  it("keeps no more of a long message than its title", () => {
    let record: (hop: Hop) => void = () => {};
    log = new EventLog({
      listen: (listener) => {
        record = listener;
      },
    });
    const before = heapUsed();
    const message = { kind: "published", messageId: "m", from: "me", to: topic, time: 1 } as const;
    for (let number = 1; number <= 500; number++) {
      const body = Buffer.alloc(200_000, "x").toString("latin1");
      record({ ...message, sequence: number, event: String(number), body });
    }
    expect(log.page({ most: 1 }).events[0]?.title).to.equal("x".repeat(160));
    expect(heapUsed() - before).to.be.below(50 * 2 ** 20);
    expect(log.count).to.equal(500);
  });
});

/** After a collection, in bytes. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed;
}
