import { expect } from "chai";
import { bodies, makeQueues, message } from "../../../../harness/cloud/queues.ts";

/** A standard queue with messages of groups: of each body the letter is its group, `-` is none. */
function fairQueue(attributes: Record<string, string> = {}) {
  const { queues, clock } = makeQueues();
  const { arn } = queues.create("work", { VisibilityTimeout: "60", ...attributes });
  return {
    queues,
    clock,
    arn,
    send(...sent: string[]) {
      for (const body of sent) {
        const group = body.slice(0, 1);
        queues.send(arn, message(body, group === "-" ? {} : { groupId: group }));
      }
    },
    receive: (maxMessages = 1) => queues.receiveNow(arn, { maxMessages }),
    /** Receives one message, and deletes it after that time. */
    async process(milliseconds: number): Promise<string> {
      const [received] = queues.receiveNow(arn, { maxMessages: 1 });
      await clock.advance(milliseconds);
      if (received) queues.deleteMessage(arn, received.receiptHandle);
      return received?.body ?? "";
    },
  };
}

const many = (group: string, number: number) =>
  Array.from({ length: number }, (_, index) => `${group}${index}`);

describe("a fair queue", () => {
  it("returns the messages of quiet groups before those of a noisy one", () => {
    const { send, receive } = fairQueue();
    send(...many("a", 50));
    receive(10);
    receive(10);
    receive(10);
    send("b1", "c1");
    expect(bodies(receive(4))).to.deep.equal(["b1", "c1", "a30", "a31"]);
  });

  it("returns the oldest messages first while no group is noisy", () => {
    const { send, receive } = fairQueue();
    send("a1", "b1", "a2", "b2");
    expect(bodies(receive(10))).to.deep.equal(["a1", "b1", "a2", "b2"]);
  });

  it("does so without groups, whatever the backlog", () => {
    const { send, receive } = fairQueue();
    send(...many("-", 50));
    for (let round = 0; round < 3; round++) receive(10);
    send("-late");
    expect(bodies(receive(1))).to.deep.equal(["-30"]);
  });

  it("takes each message without a group for a quiet group of its own", () => {
    const { send, receive } = fairQueue();
    send(...many("a", 50));
    for (let round = 0; round < 3; round++) receive(10);
    send("-1");
    expect(bodies(receive(2))).to.deep.equal(["-1", "a30"]);
  });

  it("detects a group whose messages are few and slow by its processing time", async () => {
    const { send, process } = fairQueue();
    send("a1", "a2");
    expect(await process(5000)).to.equal("a1");
    send("b1");
    expect(await process(10)).to.equal("b1");
    expect(await process(10)).to.equal("a2");
  });

  it("counts a message's processing time until it is visible again, however late it is deleted", async () => {
    const { queues, arn, send, receive, process, clock } = fairQueue({ VisibilityTimeout: "1" });
    send("a1");
    const [late] = receive();
    await clock.advance(100_000);
    queues.deleteMessage(arn, late?.receiptHandle ?? "");
    for (const body of many("b", 11)) {
      send(body);
      expect(await process(900)).to.equal(body);
    }
    send("b-last", "a2");
    expect(bodies(receive())).to.deep.equal(["a2"]);
  });

  it("balances several noisy groups: next is the one with the fewest messages in flight", () => {
    const { send, receive } = fairQueue();
    send(...many("a", 80), ...many("b", 80));
    // The first receives are in order, until the group is noisy.
    const first = receive(40).map(({ body }) => body.slice(0, 1));
    expect(new Set(first)).to.deep.equal(new Set(["a"]));
    const next = receive(60).map(({ body }) => body.slice(0, 1));
    expect(next.slice(0, 40)).to.deep.equal(Array(40).fill("b"));
    expect(next.slice(40).filter((group) => group === "a")).to.have.length(0);
    const balanced = receive(60).map(({ body }) => body.slice(0, 1));
    expect(balanced.filter((group) => group === "b")).to.have.length(20);
  });

  it("takes a group for quiet that has sent nothing for five minutes", async () => {
    const { send, receive, clock } = fairQueue({ VisibilityTimeout: "3600" });
    send(...many("a", 50));
    for (let round = 0; round < 3; round++) receive(10);
    await clock.advance(299_999);
    send("b1");
    expect(bodies(receive(1))).to.deep.equal(["b1"]);
    send("b2");
    await clock.advance(1);
    expect(bodies(receive(1))).to.deep.equal(["a30"]);
  });

  it("counts noisy groups, and the messages outside of them", async () => {
    const { send, receive, queues, arn, clock } = fairQueue();
    send(...many("a", 50));
    expect(queues.counts(arn).fairness).to.deep.equal({
      noisyGroups: 0,
      quiet: { visible: 50, inFlight: 0, delayed: 0, oldestAgeSeconds: 0 },
    });
    for (let round = 0; round < 3; round++) receive(10);
    await clock.advance(1000);
    send("b1", "-1");
    queues.send(arn, message("b2", { groupId: "b", delaySeconds: 900 }));
    await clock.advance(2000);
    receive(1);
    expect(queues.counts(arn).fairness).to.deep.equal({
      noisyGroups: 1,
      quiet: { visible: 1, inFlight: 1, delayed: 1, oldestAgeSeconds: 2 },
    });
  });

  it("counts nothing of this where no message has a group", () => {
    const { send, queues, arn } = fairQueue();
    send("-1");
    expect(queues.counts(arn)).not.to.have.property("fairness");
  });
});
