import { expect } from "chai";
import { summarize } from "../../../../local/console/events/eventSummary.ts";
import { missedSubscribersOf } from "../../../../local/console/events/missedSubscribers.ts";
import type { Hop, Step } from "../../../../local/trace/hop.ts";

const topic = "arn:aws:sns:r:0:t";
const queue = "arn:aws:sqs:r:0:q";
const letters = "arn:aws:sqs:r:0:q-dlq";
const worker = "arn:aws:lambda:r:0:function:w";
const bucket = "arn:aws:s3:::b";

let sequence = 0;
function hop(from: string, to: string, step: Step, event = "e"): Hop {
  sequence++;
  return { sequence, time: sequence, event, from, to, ...step };
}

const published = () => hop("me", topic, { kind: "published", messageId: "m", body: '{"a": 1}' });
const queued = () => hop(topic, queue, { kind: "queued", messageId: "m", delaySeconds: 0 });
const invoked = () => hop(queue, worker, { kind: "invoked", requestId: "r", batchSize: 1 });
const failed = () => hop(queue, worker, { kind: "failed", requestId: "r", reason: "no" });
const handled = () => hop(queue, worker, { kind: "handled", requestId: "r", milliseconds: 1 });

function branchesAfter(...hops: Hop[]) {
  return summarize(hops)[0]?.branches;
}

describe("what is known of an event", () => {
  it("follows a branch from its queue to its end", () => {
    const way = [published(), queued(), invoked(), failed(), invoked(), handled()];
    const states = way.map((_, index) => branchesAfter(...way.slice(0, index + 1))?.[queue]);
    expect(states).to.deep.equal([undefined, "waiting", "working", "failed", "working", "handled"]);
    expect(branchesAfter(...way)).to.deep.equal({ [queue]: "handled" });
  });

  it("leaves a branch at work whose function was refused a call", () => {
    const step = { kind: "refused", reason: "no", branch: queue } as const;
    const refused = hop(worker, bucket, step);
    expect(branchesAfter(published(), queued(), invoked(), refused)).to.deep.equal({
      [queue]: "working",
    });
    expect(branchesAfter(published(), queued(), invoked(), refused, failed())).to.deep.equal({
      [queue]: "failed",
    });
  });

  it("counts a dead letter to the consumer that failed on it, and what is undelivered to whom it was for", () => {
    const dead = hop(queue, letters, {
      kind: "deadLettered",
      messageId: "m",
      reason: "5 receives",
    });
    expect(branchesAfter(published(), queued(), dead)).to.deep.equal({ [queue]: "deadLettered" });
    const reason = "denied";
    const lost = hop(topic, letters, {
      kind: "deadLettered",
      messageId: "m",
      reason,
      endpoint: queue,
    });
    const denied = hop(topic, queue, { kind: "denied", reason });
    expect(branchesAfter(published(), denied, lost)).to.deep.equal({ [queue]: "deadLettered" });
  });

  it("keeps what a filter held back apart from what was lost", () => {
    const filtered = hop(topic, queue, { kind: "filtered", reason: "" });
    const dropped = hop(topic, "a@example.com", { kind: "dropped", reason: "" });
    expect(branchesAfter(published(), filtered, dropped)).to.deep.equal({
      [queue]: "filtered",
      "a@example.com": "dropped",
    });
  });

  it("has a title of what entered, and the topics that it came to", () => {
    const stored = hop("me", bucket, {
      kind: "stored",
      key: "a.png",
      eventName: "ObjectCreated:Put",
    });
    const [upload] = summarize([stored, published()]);
    expect(upload).to.include({ title: "Put a.png in b", entry: bucket, by: "me" });
    expect(upload?.topics).to.deep.equal([topic]);
    expect(summarize([published()])[0]).to.include({ title: '{"a": 1}', entry: topic });
  });

  it("keeps events apart, in the order in which they began", () => {
    const other = hop("me", topic, { kind: "published", messageId: "m", body: "b" }, "other");
    expect(
      summarize([published(), other, queued()]).map(({ id, latestAt }) => [id, latestAt]),
    ).to.deep.equal([
      ["e", sequence],
      ["other", other.time],
    ]);
  });

  it("names who has nothing of it, and why", () => {
    const subscriptions: { endpoint: string; status: "confirmed" | "pending" }[] = [
      { endpoint: queue, status: "confirmed" },
      { endpoint: "late", status: "confirmed" },
      { endpoint: "a@example.com", status: "pending" },
    ];
    expect(missedSubscribersOf([published(), queued()], () => subscriptions)).to.deep.equal([
      { endpoint: "late", reason: "it was subscribed after the message was published" },
      {
        endpoint: "a@example.com",
        reason: "its subscription is not confirmed: the link to do so is in the outbox",
      },
    ]);
  });
});
