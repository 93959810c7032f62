import { expect } from "chai";
import { BatchCollector } from "../../../../../local/services/lambda/eventSourceMappings/batchCollector.ts";
import { sqsEvent } from "../../../../../local/services/lambda/eventSourceMappings/sqsEvent.ts";
import { makeQueues, message } from "../../../../harness/cloud/queues.ts";

function received(count: number) {
  const { queues } = makeQueues();
  const { arn } = queues.create("work");
  for (let index = 0; index < count; index++) queues.send(arn, message("x"));
  return queues.receiveNow(arn, { maxMessages: count });
}

describe("a batch", () => {
  /** The sizes of batches that three records of some bytes each make, with so many bytes for an event. */
  function sizes(mostBytes: number, record: string): number[] {
    const collector = new BatchCollector({ mostMessages: 10, mostBytes });
    const closed = received(3).map((each) => collector.add(each, record, 0));
    return [...closed, collector.close()].flatMap((batch) =>
      batch ? [batch.messages.length] : [],
    );
  }

  const record = JSON.stringify({ body: "é" });
  const eventOf = (records: number) =>
    Buffer.byteLength(sqsEvent(Array.from({ length: records }, () => record)));

  it("has as many records as an event has room for, in bytes, with a comma behind each", () => {
    expect(sizes(eventOf(3) + 1, record)).to.deep.equal([3]);
    expect(sizes(eventOf(3) - 1, record)).to.deep.equal([2, 1]);
    expect(sizes(eventOf(2) + 1, record)).to.deep.equal([2, 1]);
    expect(sizes(eventOf(2) - 1, record)).to.deep.equal([1, 1, 1]);
  });

  it("comes back as soon as the first of its messages does", () => {
    const collector = new BatchCollector({ mostMessages: 3, mostBytes: 1000 });
    const [first, second, third] = received(3);
    const add = (each: typeof first, visibleAt: number) =>
      each && collector.add(each, "{}", visibleAt);
    expect([add(first, 20), add(second, 10)]).to.deep.equal([undefined, undefined]);
    expect(add(third, 30)).to.include({ visibleAt: 10 });
  });
});
