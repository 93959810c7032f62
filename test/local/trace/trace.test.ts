import { expect } from "chai";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";

describe("the trace", () => {
  const makeTrace = () => {
    const trace = new Trace(new ManualClock());
    const publish = (body: string) =>
      trace.record("e", "publisher", "topic", { kind: "published", messageId: "m", body });
    return { trace, publish };
  };
  const sequences = (hops: readonly { readonly sequence: number }[]) =>
    hops.map(({ sequence }) => sequence);

  it("numbers hops without gaps, and gives those after any of them", () => {
    const { trace, publish } = makeTrace();
    for (const body of ["a", "b", "c"]) publish(body);
    expect(sequences(trace.recent())).to.deep.equal([1, 2, 3]);
    expect(sequences(trace.after(0))).to.deep.equal([1, 2, 3]);
    expect(sequences(trace.after(2))).to.deep.equal([3]);
    expect(trace.after(3)).to.deep.equal([]);
  });

  it("knows nothing before the first hop", () => {
    expect(makeTrace().trace.after(0)).to.deep.equal([]);
  });

  it("forgets the oldest of many", () => {
    const { trace, publish } = makeTrace();
    for (let count = 0; count < 25_000; count++) publish("x");
    expect(trace.recent().length).to.be.within(10_000, 20_000);
    expect(trace.recent().at(-1)?.sequence).to.equal(25_000);
    expect(sequences(trace.after(24_998))).to.deep.equal([24_999, 25_000]);
    // Of what is forgotten nothing is made up.
    expect(trace.after(1)).to.have.length(trace.recent().length);
  });

  it("forgets long bodies sooner: two hundred megabytes of them do not stay", () => {
    const { trace, publish } = makeTrace();
    const body = "x".repeat(2 ** 20);
    for (let count = 0; count < 200; count++) publish(body);
    expect(trace.recent().length).to.be.within(16, 32);
  });

  it("counts the texts of attributes, too", () => {
    const { trace } = makeTrace();
    const attributes = { a: { dataType: "String", stringValue: "x".repeat(2 ** 20) } };
    const step = { kind: "published", messageId: "m", body: "", attributes } as const;
    for (let count = 0; count < 200; count++) trace.record("e", "publisher", "topic", step);
    expect(trace.recent().length).to.be.within(16, 32);
  });
});
