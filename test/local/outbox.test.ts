import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { Outbox, type OutboxEntry, type Outgoing } from "../../local/outbox.ts";
import { ManualClock } from "../../local/time/manualClock.ts";

const mail: Outgoing = {
  kind: "email",
  to: ["ada@example.com"],
  from: "shop@example.com",
  subject: "Your order",
  text: "Thank you.",
};
const message: Outgoing = { kind: "sms", to: ["+15550100"], from: "SHOP", text: "On its way." };

function makeOutbox(store = new DatabaseSync(":memory:")) {
  const clock = new ManualClock();
  return { clock, outbox: new Outbox({ store, clock }) };
}

describe("the outbox", () => {
  it("keeps what would have been sent, in order, with cloud time", async () => {
    const { clock, outbox } = makeOutbox();
    outbox.add(mail);
    await clock.advance(1_000);
    outbox.add(message);
    expect(outbox.list()).to.deep.equal([
      { ...mail, id: 1, time: clock.now() - 1_000 },
      { ...message, id: 2, time: clock.now() },
    ]);
  });

  it("lists only what came after an entry already known", () => {
    const { outbox } = makeOutbox();
    const known = outbox.add(mail);
    outbox.add(message);
    expect(outbox.list({ since: known.id }).map(({ text }) => text)).to.deep.equal(["On its way."]);
  });

  it("counts its entries", () => {
    const { outbox } = makeOutbox();
    expect(outbox.count()).to.equal(0);
    outbox.add(mail);
    outbox.add(message);
    expect(outbox.count()).to.equal(2);
    outbox.clear();
    expect(outbox.count()).to.equal(0);
  });

  it("never gives an id again after it was cleared", () => {
    const { outbox } = makeOutbox();
    const first = outbox.add(mail);
    outbox.clear();
    expect(outbox.list()).to.deep.equal([]);
    expect(outbox.add(mail).id).to.equal(first.id + 1);
  });

  it("tells listeners of each entry until they stop", () => {
    const { outbox } = makeOutbox();
    const heard: OutboxEntry[] = [];
    const stop = outbox.listen((entry) => heard.push(entry));
    const entry = outbox.add(mail);
    stop();
    outbox.add(message);
    expect(heard).to.deep.equal([entry]);
  });

  it("finds its entries again in the same store", () => {
    const store = new DatabaseSync(":memory:");
    const entry = makeOutbox(store).outbox.add(mail);
    expect(makeOutbox(store).outbox.list()).to.deep.equal([entry]);
  });
});
