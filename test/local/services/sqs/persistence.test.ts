import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openStore } from "../../../../local/storage/store.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { bodies, inGroup, makeQueues, message } from "../../../harness/cloud/queues.ts";

const all = { maxMessages: 10 };

describe("queues in a directory", () => {
  let directory = "";

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "queues-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Opens the queues, with cloud time at `seconds` of the same day. */
  function open(seconds = 0) {
    const store = openStore(directory);
    const start = Date.UTC(2026, 0, 1) + seconds * 1000;
    const clock = new ManualClock(undefined, start);
    return { ...makeQueues({ store, clock }), clock, close: () => store.close() };
  }

  it("come back as they were defined", () => {
    const before = open();
    const { arn } = before.queues.create("work", { DelaySeconds: "3" }, { team: "orders" });
    before.queues.create("gone");
    before.queues.delete(arn.replace("work", "gone"));
    const definition = before.queues.get(arn);
    before.close();

    const after = open(59);
    expect(after.queues.get(arn)).to.deep.equal(definition);
    expect(after.queues.list()).to.have.length(1);
    expect(awsErrorOf(() => after.queues.create("gone")).code).to.match(/QueueDeletedRecently$/);
    after.close();
  });

  it("have their URLs where the endpoint is now", () => {
    const store = openStore(directory);
    let port = 1;
    const queueUrl = (name: string) => `http://127.0.0.1:${port}/000000000000/${name}`;
    const { arn } = makeQueues({ store, queueUrl }).queues.create("work");
    const { queues } = makeQueues({ store, queueUrl });
    port = 2;
    expect(queues.get(arn).url).to.equal("http://127.0.0.1:2/000000000000/work");
    store.close();
  });

  it("keep their messages, with counts, visibility and handles", () => {
    const before = open();
    const { arn } = before.queues.create("work");
    const sent = before.queues.send(arn, message("1", { event: "upload" }));
    before.queues.send(arn, message("2"));
    const [first] = before.queues.receiveNow(arn, { maxMessages: 1 });
    before.close();

    const after = open(29);
    expect(bodies(after.queues.receiveNow(arn, all))).to.deep.equal(["2"]);
    after.close();

    const later = open(30);
    const [again] = later.queues.receiveNow(arn, { maxMessages: 1 });
    expect(again).to.include({ messageId: sent.messageId, event: "upload" });
    expect(again?.systemAttributes.ApproximateReceiveCount).to.equal("2");
    expect(first?.receiptHandle).not.to.equal(again?.receiptHandle);
    later.queues.deleteMessage(arn, again?.receiptHandle ?? "");
    later.close();

    const last = open(120);
    expect(bodies(last.queues.receiveNow(arn, all))).to.deep.equal(["2"]);
    last.close();
  });

  it("keep deduplication ids, locked groups and the growth of sequence numbers", () => {
    const before = open();
    const { arn } = before.queues.create("orders.fifo", { FifoQueue: "true" });
    const first = before.queues.send(arn, inGroup("a", "1"));
    before.queues.receiveNow(arn, { maxMessages: 1 });
    before.close();

    const after = open(10);
    expect(after.queues.send(arn, inGroup("a", "1")).messageId).to.equal(first.messageId);
    const second = after.queues.send(arn, inGroup("a", "2"));
    expect([second.sequenceNumber, first.sequenceNumber].sort()[1]).to.equal(second.sequenceNumber);
    expect(second.sequenceNumber).not.to.equal(first.sequenceNumber);
    expect(after.queues.receiveNow(arn, all)).to.deep.equal([]);
    after.close();
  });

  it("go on with a move task", async () => {
    const before = open();
    const dead = before.queues.create("dead").arn;
    const policy = JSON.stringify({ deadLetterTargetArn: dead, maxReceiveCount: 1 });
    const { arn } = before.queues.create("work", { RedrivePolicy: policy, VisibilityTimeout: "0" });
    for (const body of ["1", "2", "3"]) before.queues.send(arn, message(body));
    while (before.queues.counts(arn).visible > 0) before.queues.receiveNow(arn, all);
    before.queues.startMoveTask({ sourceArn: dead, maxMessagesPerSecond: 1 });
    await before.clock.advance(0);
    before.close();

    const after = open(60);
    expect(after.queues.listMoveTasks(dead, 1)[0]).to.include({ moved: 1, status: "RUNNING" });
    await after.clock.advance(10_000);
    expect(after.queues.listMoveTasks(dead, 1)[0]).to.include({ moved: 3, status: "COMPLETED" });
    expect(after.queues.counts(arn)).to.include({ visible: 3 });
    after.close();
  });
});
