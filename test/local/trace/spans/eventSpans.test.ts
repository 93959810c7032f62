import { expect } from "chai";
import type { Hop, Step } from "../../../../local/trace/hop.ts";
import {
  type EventTrace,
  TraceSpans,
  traceOfEvent as traceIn,
} from "../../../../local/trace/spans/traceSpans.ts";

const event = "0b3a7c1e-0000-4000-8000-000000000001";
const at = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;
const caller = "arn:aws:iam::000000000000:root";
const topic = at("sns", "orders");
const [billing, audit, dead] = ["billing", "audit", "billing-dlq"].map((name) => at("sqs", name));
const bill = at("lambda", "function:bill");

type Line = readonly [time: number, from: string | undefined, to: string | undefined, step: Step];

function hopsOf(...lines: readonly Line[]): [Hop, ...Hop[]] {
  const [first, ...others] = lines.map(([time, from = "", to = "", step], index) => ({
    ...{ sequence: index + 1, time, event, from, to },
    ...step,
  }));
  if (first === undefined) throw new Error("no hops");
  return [first, ...others];
}

const published = (traceparent?: string): Step => ({
  ...{ kind: "published", messageId: "m", body: "{}" },
  ...(traceparent !== undefined && {
    attributes: { traceparent: { dataType: "String", stringValue: traceparent } },
  }),
});
const queued: Step = { kind: "queued", messageId: "q", delaySeconds: 0 };
const received: Step = { kind: "received", messageId: "q", receiveCount: 1 };
const invoked = (requestId: string): Step => ({ kind: "invoked", requestId, batchSize: 1 });

function traceOfEvent(hops: readonly Hop[], id = event): EventTrace {
  const trace = traceIn(hops, id);
  if (trace === undefined) throw new Error("no trace");
  return trace;
}

/** Name, parent's name, start and end. */
function outline({ spans }: EventTrace) {
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans.map(({ name, parentSpanId = "", start, end, error }) =>
    [name, names.get(parentSpanId) ?? parentSpanId, start, end, ...(error ? [error] : [])].join(
      " | ",
    ),
  );
}

const hops = hopsOf(
  [0, caller, topic, published()],
  [1, topic, billing, queued],
  [1, topic, audit, { kind: "filtered", reason: "status" }],
  [5, billing, bill, received],
  [5, billing, bill, invoked("r-1")],
  [9, billing, bill, { kind: "failed", requestId: "r-1", reason: "no money" }],
  [30, billing, bill, received],
  [30, billing, bill, invoked("r-2")],
  [32, billing, bill, { kind: "handled", requestId: "r-2", milliseconds: 2 }],
);

describe("the spans of an event", () => {
  it("are one trace: the publish, every wait and every attempt, each below what caused it", () => {
    const trace = traceOfEvent(hops);
    expect(trace.traceId).to.equal(event.replaceAll("-", ""));
    expect(new Set(trace.spans.map(({ traceId }) => traceId))).to.deep.equal(
      new Set([trace.traceId]),
    );
    expect(outline(trace)).to.deep.equal([
      "publish orders |  | 0 | 0",
      "filtered audit | publish orders | 1 | 1",
      "wait in billing | publish orders | 1 | 5",
      "process bill | wait in billing | 5 | 9 | no money",
      "wait in billing | wait in billing | 9 | 30",
      "process bill | wait in billing | 30 | 32",
    ]);
  });

  it("continue the trace of the publisher's traceparent", () => {
    const traceparent = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;
    const { traceId, spans } = traceOfEvent(hopsOf([0, caller, topic, published(traceparent)]));
    expect(traceId).to.equal("a".repeat(32));
    expect(spans[0]?.parentSpanId).to.equal("b".repeat(16));
  });

  it("end as an error where a message becomes a dead letter", () => {
    const [letter] = traceOfEvent(
      hopsOf([0, billing, dead, { kind: "deadLettered", messageId: "q", reason: "5 receives" }]),
    ).spans;
    expect(letter).to.include({ name: "dead letter billing-dlq", error: "5 receives" });
  });

  it("end the wait in a queue when the message moves to the dead letters", () => {
    const spans = traceOfEvent(
      hopsOf(
        [0, caller, topic, published()],
        [1, topic, billing, queued],
        [61_000, billing, dead, { kind: "deadLettered", messageId: "q", reason: "5 receives" }],
      ),
    ).spans;
    const [wait] = spans.filter(({ name }) => name.startsWith("wait in "));
    expect(wait?.end).to.equal(spans.at(-1)?.end);
  });

  it("have no end while they last", () => {
    const { spans } = traceOfEvent(
      hopsOf([0, caller, topic, published()], [1, topic, billing, queued]),
    );
    expect(spans.at(-1)).not.to.have.property("end");
  });

  it("include the events that a function caused, which name its invocation in X-Ray's header", () => {
    const requestId = "67891233-abcd-4f01-a345-678912345678";
    const traceHeader =
      "Root=1-67891233-abcd4f01a345678912345678;Parent=53995c3f42cd8ad8;Sampled=0";
    const caused = { ...published(), traceHeader } as Step;
    const [first, second, third] = hopsOf(
      [0, caller, topic, published()],
      [1, topic, bill, invoked(requestId)],
      [2, bill, topic, caused],
    );
    const all = [first, second, third].flatMap((hop) => hop ?? []);
    const [cause, attempt, next] = all;
    if (cause === undefined || attempt === undefined || next === undefined)
      throw new Error("no hop");
    const trace = traceOfEvent([cause, attempt, { ...next, event: "another" }]);
    expect(outline(trace)).to.deep.equal([
      "publish orders |  | 0 | 0",
      "process bill | publish orders | 1 | ",
      "publish orders | process bill | 2 | 2",
    ]);
    expect(traceOfEvent([cause, attempt, { ...next, event: "another" }], "another")).to.deep.equal(
      trace,
    );
  });

  it("include what a function stored or sent, below the attempt that did it", () => {
    const [cause, attempt] = hopsOf(
      [0, caller, topic, published()],
      [1, topic, bill, invoked("r-1")],
    );
    const [stored] = hopsOf([
      2,
      at("iam", "role/bill"),
      "arn:aws:s3:::invoices",
      { kind: "stored", key: "1.json", eventName: "ObjectCreated:Put" },
    ]);
    if (attempt === undefined) throw new Error("no hop");
    const result = { ...stored, sequence: 3, event: "another", causes: [event], worker: bill };
    expect(outline(traceOfEvent([cause, attempt, result]))).to.deep.equal([
      "publish orders |  | 0 | 0",
      "process bill | publish orders | 1 | ",
      "ObjectCreated:Put invoices | process bill | 2 | 2",
    ]);
  });

  it("are the same one by one as all at once", () => {
    const all = new TraceSpans();
    const streamed = hops.flatMap((hop) => all.add(hop));
    expect(streamed).to.have.deep.members([...traceOfEvent(hops).spans]);
  });
});
