import { expect } from "chai";
import { HopArchive } from "../../../../local/console/events/hopArchive.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { Trace } from "../../../../local/trace/trace.ts";

const topic = "arn:aws:sns:eu-west-1:000000000000:t";
const queue = "arn:aws:sqs:eu-west-1:000000000000:q";
const fn = "arn:aws:lambda:eu-west-1:000000000000:function:f";

describe("the archive of hops", () => {
  let trace: Trace;
  let archive: HopArchive;
  beforeEach(() => {
    trace = new Trace(new ManualClock());
    archive = new HopArchive(trace);
  });
  afterEach(() => archive.close());

  const publish = (event: string, body: string) =>
    trace.record(event, "me", topic, {
      ...{ kind: "published", messageId: event, body },
      attributes: { Origin: { dataType: "String", stringValue: "Webshop" } },
    });

  /** Of all searches that follow one another. */
  function found(text: string): string[] {
    const events: string[] = [];
    for (let upTo: number | undefined; ; ) {
      const result = archive.search(text, { upTo });
      events.push(...result.events);
      upTo = result.next;
      if (upTo === undefined) return events;
    }
  }

  it("finds the latest first, by ids, messages, attributes, keys and reasons, in any case", () => {
    publish("a-1", '{"name":"Ada"}');
    publish("b-2", '{"name":"ÄGIDE"}');
    trace.record("b-2", queue, fn, { kind: "invoked", requestId: "r-9", batchSize: 1 });
    trace.record("b-2", queue, fn, { kind: "failed", requestId: "r-9", reason: "Out of stock" });
    trace.record("c-3", "me", "arn:aws:s3:::b", { kind: "stored", key: "Cat.png", eventName: "" });
    expect(found("ada")).to.deep.equal(["a-1"]);
    expect(found("ägide")).to.deep.equal(["b-2"]);
    expect(found("R-9")).to.deep.equal(["b-2"]);
    expect(found("out of STOCK")).to.deep.equal(["b-2"]);
    expect(found("cat.png")).to.deep.equal(["c-3"]);
    expect(found("webshop")).to.deep.equal(["b-2", "a-1"]);
    expect(found('{"name":')).to.deep.equal(["b-2", "a-1"]);
    expect(found("function:f")).to.deep.equal([]);
    expect(found("\0")).to.deep.equal([]);
  });

  it("reaches events that the trace has long forgotten, and has their steps", () => {
    publish("first", "needle");
    for (let number = 0; number < 25_000; number++) publish(`e-${number}`, "hay");
    expect(trace.recent().some(({ event }) => event === "first")).to.equal(false);
    expect(found("needle")).to.deep.equal(["first"]);
    expect(archive.of("first").map(({ kind, sequence }) => [kind, sequence])).to.deep.equal([
      ["published", 1],
    ]);
    expect(found("hay")).to.have.lengthOf(25_000);
  });

  it("looks through some at once, and goes on from there", () => {
    const megabyte = "x".repeat(2 ** 20);
    for (let number = 0; number < 20; number++) publish(`e-${number}`, `${megabyte} ${number}`);
    const first = archive.search("e-0");
    expect(first.events).to.deep.equal([]);
    expect(first.next).to.be.within(1, first.latest);
    expect(found("e-0")).to.deep.equal(["e-0"]);
  });

  it("finds what has come since an earlier search", () => {
    publish("a", "one");
    const { latest } = archive.search("one");
    expect(archive.search("one", { after: latest }).events).to.deep.equal([]);
    publish("b", "one");
    expect(archive.search("one", { after: latest }).events).to.deep.equal(["b"]);
  });

  it("forgets the oldest when there is too much", () => {
    archive.close();
    archive = new HopArchive(trace, 500_000);
    for (let number = 0; number < 3000; number++) publish(`e-${number}`, "one");
    const kept = found("one");
    expect(kept.length).to.be.within(500, 2500);
    expect(kept[0]).to.equal("e-2999");
    expect(archive.of("e-0")).to.deep.equal([]);
    expect(archive.of("e-2999")).to.have.lengthOf(1);
  });

  it("keeps the hops of an event in order, however far apart they are", () => {
    publish("a", "one");
    for (let number = 0; number < 1000; number++) publish(`e-${number}`, "hay");
    trace.record("a", topic, queue, { kind: "queued", messageId: "m", delaySeconds: 0 });
    expect(archive.of("a").map(({ kind }) => kind)).to.deep.equal(["published", "queued"]);
    expect(archive.of("a", { upTo: 1001 }).map(({ kind }) => kind)).to.deep.equal(["published"]);
    expect(archive.of("a", { after: 1 }).map(({ kind }) => kind)).to.deep.equal(["queued"]);
  });
});
