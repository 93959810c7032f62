import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";

describe("ops trace", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  after(() => test.close());

  it("shows a publish and all its deliveries", async () => {
    const { MessageId = "" } = await test.clients.sns.send(
      new PublishCommand({ TopicArn: test.system("walkthrough").topicArn, Message: "{}" }),
    );
    await test.clock.advance(60_000);
    const { code, output } = await runOps(test, ["trace", MessageId]);
    expect(code).to.equal(0);
    expect(output).to.match(
      new RegExp(`^trace ${MessageId.replaceAll("-", "")}\n\npublish walkthrough `),
    );
    for (const name of ["QueueA", "QueueB"]) {
      expect(output).to.include(`\n  wait in walkthrough-${name} `);
      expect(output).to.include(`\n    process walkthrough-${name} `);
    }
    expect(output).to.include("\n  process walkthrough-direct ");
    expect(await runOps(test, ["trace", MessageId.slice(0, 8)])).to.include({ output });
    const { output: json } = await runOps(test, ["trace", MessageId, "--json"]);
    expect(JSON.parse(json).spans).to.have.length(6);
  });

  it("fails for an event that is not known", async () => {
    expect(await runOps(test, ["trace", "x"])).to.deep.equal({
      code: 1,
      output: "",
      notes: 'there is no event "x"; publish, tail and failures print the ids of events',
    });
  });
});
