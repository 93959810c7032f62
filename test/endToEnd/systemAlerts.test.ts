import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { bodiesIn, itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "system-alerts";

const alert = (severity: string) => ({
  message: `a ${severity} alert`,
  attributes: { severity, service: "checkout" },
});

describe("system alerts, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const sent = (address: string) =>
    test.cloud
      .sent()
      .filter(({ to }) => to.includes(address))
      .map(({ text }) => text);

  /** Follows the link in the mail that the owner of the address gets when the stack is deployed. */
  async function confirm(): Promise<void> {
    const [invitation = ""] = sent("alerts@example.com");
    const link = /http\S+Action=ConfirmSubscription\S+/.exec(invitation)?.[0] ?? "";
    expect((await fetch(link)).status).to.equal(200);
  }

  it("go to the log, by e-mail and by text message, depending on their severity", async () => {
    await confirm();
    await publishTo(test, system, alert("info"), alert("warning"), alert("critical"));
    await test.cloud.settled();
    const logged = await itemsIn(test, textOutput(test.system(system), "alertsTable"));
    expect(logged.map(({ severity, text }) => `${severity}: ${text}`)).to.have.members([
      "info: a info alert",
      "warning: a warning alert",
      "critical: a critical alert",
    ]);
    expect(sent("+12025550123")).to.deep.equal(["a critical alert"]);
    const [, ...mails] = sent("alerts@example.com");
    expect(mails.map((mail) => mail.split("\n")[0])).to.deep.equal([
      "a warning alert",
      "a critical alert",
    ]);
  });

  it("reach an address only when its owner has confirmed the subscription", async () => {
    await publishTo(test, system, alert("critical"));
    await test.cloud.settled();
    expect(sent("alerts@example.com")).to.have.lengthOf(1);
    await confirm();
    await publishTo(test, system, alert("critical"));
    await test.cloud.settled();
    expect(sent("alerts@example.com")).to.have.lengthOf(2);
  });

  it("with an unknown severity are in the log's failure queue after three attempts", async () => {
    await publishTo(test, system, alert("terrible"));
    await test.cloud.clock.advance(10 * 60_000);
    const { log } = test.system(system).consumers;
    expect(await bodiesIn(test, log?.deadLetterQueueUrl)).to.have.lengthOf(1);
  });
});
