import { expect } from "chai";
import { batchesOf } from "../../publisher/batches.ts";

const message = (index: number, group?: string, bytes = 1) => ({ index, bytes, group });
const standard = { maxBytes: 100, ordered: false };

describe("the batches of a publisher", () => {
  it("have at most ten messages, in order", () => {
    const messages = Array.from({ length: 23 }, (_, index) => message(index));
    const batches = batchesOf(messages, standard);
    expect(batches.map(({ length }) => length)).to.deep.equal([10, 10, 3]);
    expect(batches.flat()).to.deep.equal(messages);
  });

  it("have at most the topic's bytes together, to the byte", () => {
    const messages = [message(0, "a", 60), message(1, "a", 40), message(2, "a", 1)];
    expect(batchesOf(messages, standard)).to.deep.equal([messages.slice(0, 2), messages.slice(2)]);
  });

  it("have each group once on a FIFO topic, so that no message overtakes another of its group", () => {
    const messages = ["a", "b", "a", "c", "b"].map((group, index) => message(index, group));
    const groups = batchesOf(messages, { maxBytes: 100, ordered: true }).map((batch) =>
      batch.map(({ group }) => group).join(""),
    );
    expect(groups).to.deep.equal(["ab", "acb"]);
  });

  it("are none without messages", () => {
    expect(batchesOf([], standard)).to.deep.equal([]);
  });
});
