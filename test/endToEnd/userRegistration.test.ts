import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "user-registration";

const user = (userId: string, plan: string) => ({
  message: {
    userId,
    name: userId,
    email: `${userId}@example.com`,
    plan,
    time: "2026-01-31T23:30:00-01:00",
  },
});

describe("user registrations, end to end", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startSystems([system]);
  });
  after(() => test.cloud.close());

  const counts = async () => itemsIn(test, textOutput(test.system(system), "countsTable"));

  it("welcome and count each user once, however often the event is delivered", async () => {
    const ada = user("ada", "free");
    await publishTo(test, system, ada, ada, user("grace", "paid"), user("edsger", "free"));
    await test.cloud.settled();
    await publishTo(test, system, ada);
    await test.cloud.settled();
    const mails = test.cloud.sent().map(({ to, subject }) => `${to}: ${subject}`);
    expect(mails.sort()).to.deep.equal([
      "ada@example.com: Welcome, ada",
      "edsger@example.com: Welcome, edsger",
      "grace@example.com: Welcome, grace",
    ]);
    expect(await counts()).to.deep.equal([
      { day: "2026-02-01", registrations: 3, free: 2, paid: 1 },
    ]);
  });

  it("without an address are in both dead-letter queues, and not counted", async () => {
    const before = await counts();
    await publishTo(test, system, { message: { userId: "nobody", plan: "free" } });
    await test.cloud.clock.advance(30 * 60_000);
    expect(await deadLettersOf(test, system)).to.deep.equal({ notify: 1, analytics: 1 });
    expect(await counts()).to.deep.equal(before);
  });
});
