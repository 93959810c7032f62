import { expect } from "chai";
import { backlogOf, deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

describe("the walkthrough, end to end", () => {
  let test: RunningSystems;
  let logs: { functionName: string; text: string }[];
  beforeEach(async () => {
    logs = [];
    test = await startSystems(["walkthrough"], { onLog: (entry) => logs.push(entry) });
  });
  afterEach(() => test.cloud.close());

  /** The outcomes and bodies that each function logged. */
  function handled(consumer: string): string[] {
    const name = test.system("walkthrough").consumers[consumer]?.functionName;
    return logs
      .filter(({ functionName }) => functionName === name)
      .flatMap(({ text }) => text.split("\n"))
      .filter((line) => line.includes('"message":"handled"'))
      .map((line) => JSON.parse(line))
      .map(({ outcome, body }) => `${outcome}: ${body}`);
  }

  it("delivers one message to both teams and to the function, each once", async () => {
    await publishTo(test, "walkthrough", { message: "Hello" });
    await test.cloud.settled();
    expect(handled("QueueA")).to.deep.equal(["event for Team A: Hello"]);
    expect(handled("QueueB")).to.deep.equal(["event for Team B: Hello"]);
    expect(handled("direct")).to.deep.equal(["processed: Hello"]);
    expect(await backlogOf(test, "walkthrough")).to.deep.equal({ QueueA: 0, QueueB: 0 });
    expect(await deadLettersOf(test, "walkthrough")).to.deep.equal({
      QueueA: 0,
      QueueB: 0,
      direct: 0,
    });
  });
});
