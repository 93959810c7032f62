import { expect } from "chai";
import { type EventSummary, isAside } from "../../../../local/console/events/eventSummary.ts";
import { allEvents, listable, matchesChoice } from "../../../../local/console/page/eventChoice.ts";
import { EventIndex } from "../../../../local/console/page/eventIndex.ts";
import type { Step } from "../../../../local/trace/hop.ts";

const topic = "arn:aws:sns:r:0:t";
const queue = "arn:aws:sqs:r:0:q";
const bucket = "arn:aws:s3:::b";

describe("the events that the page knows", () => {
  let index: EventIndex;
  let sequence = 0;
  beforeEach(() => {
    index = new EventIndex(isAside);
  });

  function add(event: string, from: string, to: string, step: Step, causes?: string[]): void {
    sequence++;
    index.add({ sequence, time: sequence, event, from, to, ...step, ...(causes && { causes }) });
  }

  const publish = (event: string) =>
    add(event, "me", topic, { kind: "published", messageId: event, body: `{"id":"${event}"}` });
  const atQueue = (event: string, step: Step) => add(event, topic, queue, step);
  const store = (event: string, from: string) =>
    add(event, from, bucket, { kind: "stored", key: "a", eventName: "ObjectCreated:Put" });

  function all(steps: Iterable<void>): void {
    for (const _ of steps);
  }

  function choose(choice: Partial<typeof allEvents>, found: string[] = []): void {
    all(index.choose(matchesChoice({ ...allEvents, ...choice }, [], new Set(found))));
  }

  const listed = () =>
    Array.from({ length: index.listedSize }, (_, place) => index.listedAt(place)?.id);

  it("count as listed those that the list shows without being asked for all", () => {
    const shown = (everything: boolean) =>
      listable({ events: index, eventChoice: { ...allEvents, everything } });
    publish("a");
    add("of a", "arn:function", topic, { kind: "published", messageId: "m", body: "{}" }, ["a"]);
    store("file of the program", "arn:aws:iam::0:root");
    expect([index.size, shown(false), shown(true)]).to.deep.equal([3, 1, 3]);
    choose({});
    expect(listed()).to.have.lengthOf(shown(false));
    choose({ everything: true });
    expect(listed()).to.have.lengthOf(shown(true));
    // What goes further than its bucket is an event like any other.
    add("file of the program", bucket, queue, { kind: "queued", messageId: "m", delaySeconds: 0 });
    expect(shown(false)).to.equal(2);
    const other = new EventIndex(isAside);
    all(other.merge([...Array(index.size).keys()].flatMap((place) => index.listedAt(place) ?? [])));
    expect([other.size, other.asideSize]).to.deep.equal([3, 1]);
    index.clear();
    expect([index.size, shown(false)]).to.deep.equal([0, 0]);
  });

  it("are listed in the order in which they began, whatever the choice and when it was made", () => {
    publish("a");
    choose({ outcome: "trouble" });
    publish("b");
    publish("c");
    atQueue("c", { kind: "dropped", reason: "no" });
    atQueue("a", { kind: "dropped", reason: "no" });
    atQueue("b", { kind: "queued", messageId: "b", delaySeconds: 0 });
    expect(listed()).to.deep.equal(["a", "c"]);
    atQueue("a", { kind: "queued", messageId: "a", delaySeconds: 0 });
    expect(listed()).to.deep.equal(["c"]);
    choose({});
    expect(listed()).to.deep.equal(["a", "b", "c"]);
  });

  it("fold away files of the program, and what functions brought in, until they are asked for", () => {
    choose({});
    store("file", "arn:aws:iam::0:root");
    store("upload", "arn:aws:iam::0:root");
    add("upload", bucket, topic, { kind: "published", messageId: "m", body: "{}" });
    publish("a");
    add("mail", "arn:aws:iam::0:role/r", "a@b", { kind: "sent", summary: "mail" }, ["a"]);
    expect(listed()).to.deep.equal(["upload", "a"]);
    choose({ everything: true });
    expect(listed()).to.deep.equal(["file", "upload", "a", "mail"]);
  });

  it("are found by id, title, consumer, or by what the run finds in their messages", () => {
    publish("order-1");
    publish("order-2");
    atQueue("order-2", { kind: "queued", messageId: "m", delaySeconds: 0 });
    choose({ text: "ORDER-1" });
    expect(listed()).to.deep.equal(["order-1"]);
    choose({ text: "q" });
    expect(listed()).to.deep.equal(["order-2"]);
    choose({ text: "ada" }, ["order-1"]);
    expect(listed()).to.deep.equal(["order-1"]);
  });

  it("take what the run knows of them, and keep what they have heard since", () => {
    const before = new EventIndex();
    const told: EventSummary[] = [];
    const both = (event: string, step: Step) => {
      sequence++;
      const hop = { sequence, time: sequence, event, from: topic, to: queue, ...step };
      before.add(hop);
      return hop;
    };
    both("old", { kind: "queued", messageId: "m", delaySeconds: 0 });
    both("both", { kind: "queued", messageId: "m", delaySeconds: 0 });
    for (const id of ["old", "both"]) {
      const summary = before.find(id);
      if (summary !== undefined) told.push(summary);
    }
    const late = both("both", { kind: "received", messageId: "m", receiveCount: 1 });
    index.add(late);
    publish("new");
    all(index.merge(told));
    index.add(late);
    expect(listed()).to.deep.equal(["old", "both", "new"]);
    expect(index.find("both")).to.deep.equal(before.find("both"));
  });

  it("are put in order anew when one turns out to have begun earlier", () => {
    const told: EventSummary[] = [];
    for (const id of ["a", "b"]) {
      publish(id);
      told.push(...[index.find(id) ?? []].flat());
    }
    const page = new EventIndex();
    const late = { sequence: 9, time: 9, event: "a", from: topic, to: queue };
    page.add({ ...late, kind: "received", messageId: "m", receiveCount: 1 });
    for (const _ of page.merge(told));
    expect([page.listedAt(0)?.id, page.listedAt(1)?.id]).to.deep.equal(["a", "b"]);
    expect(page.listedSize).to.equal(2);
  });

  it("are listed from the latest on, step by step, and take in what happens in between", () => {
    all(index.merge(summaries(1200)));
    const steps = index.choose(({ title }) => title === "even")[Symbol.iterator]();
    steps.next();
    expect([index.isChoosing, index.listedSize]).to.deep.equal([true, 250]);
    expect(index.listedAt(249)?.id).to.equal("1198");
    sequence = 5000;
    index.add({ sequence, time: 1, event: "2", from: topic, to: queue, ...waiting });
    expect([index.listedSize, index.listedAt(0)?.id]).to.deep.equal([251, "2"]);
    while (steps.next().done !== true);
    expect([index.isChoosing, index.listedSize]).to.deep.equal([false, 600]);
    expect([index.listedAt(0)?.id, index.listedAt(1)?.id]).to.deep.equal(["0", "2"]);
  });

  it("leave a choice that another has replaced", () => {
    all(index.merge(summaries(1200)));
    const first = index.choose(({ title }) => title === "even")[Symbol.iterator]();
    first.next();
    all(index.choose(({ title }) => title === "odd"));
    while (first.next().done !== true);
    expect([index.listedSize, index.listedAt(0)?.id]).to.deep.equal([600, "1"]);
  });

  it("are looked at again when the run has found something in them", () => {
    publish("order-1");
    publish("order-2");
    const found = new Set<string>();
    all(index.choose(matchesChoice({ ...allEvents, text: "ada" }, [], found)));
    expect(listed()).to.deep.equal([]);
    found.add("order-2");
    index.reconsider(["order-2", "long forgotten"]);
    expect(listed()).to.deep.equal(["order-2"]);
  });

  it("forget the oldest of more than a hundred thousand, some at once", () => {
    all(index.merge(summaries(100_499)));
    expect(index.listedSize).to.equal(100_499);
    all(index.merge(summaries(1, 100_499)));
    expect([index.size, index.listedSize]).to.deep.equal([100_000, 100_000]);
    expect(index.listedAt(0)?.id).to.equal("500");
    expect(index.find("499")).to.equal(undefined);
  });
});

const waiting = { kind: "queued", messageId: "m", delaySeconds: 0 } as const;

function summaries(count: number, from = 0): EventSummary[] {
  return Array.from({ length: count }, (_, index): EventSummary => {
    const number = from + index;
    return {
      id: String(number),
      title: number % 2 === 0 ? "even" : "odd",
      entry: topic,
      by: "me",
      startedAt: number,
      latestAt: number,
      first: number,
      latest: number,
      topics: [],
      branches: {},
    };
  });
}
