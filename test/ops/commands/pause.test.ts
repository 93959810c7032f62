import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { functionStates } from "../../../local/console/api/overview.ts";
import { describeSystems } from "../../../local/console/systems/describeSystems.ts";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

const consumer = "walkthrough/QueueA";

describe("ops pause and ops resume", () => {
  let test: TestRun;
  beforeEach(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  afterEach(() => test.close());

  const url = () => test.system("walkthrough").consumers.QueueA?.queueUrl;
  const send = () =>
    test.clients.sqs.send(new SendMessageCommand({ QueueUrl: url(), MessageBody: "{}" }));

  it("only print what they would do without --yes", async () => {
    expect((await runOps(test, ["pause", consumer])).output).to.equal(
      `${consumer} is Enabled, 0 messages in flight; --yes pauses it`,
    );
    expect((await runOps(test, ["resume", consumer])).output).to.equal(
      `${consumer} is Enabled, 0 messages waiting`,
    );
  });

  it("stop the consumer, so that messages wait, and start it again", async () => {
    expect(await runOps(test, ["pause", consumer, "--yes"])).to.deep.equal({
      code: 0,
      output: `${consumer} is paused; 0 messages waiting`,
      notes: "",
    });
    await send();
    await test.clock.advance(60_000);
    expect((await countsOf(test, url())).visible).to.equal(1);
    const { output } = await runOps(test, ["resume", consumer, "--drain", "--yes", "--json"]);
    expect(JSON.parse(output)).to.deep.equal({ consumer, messages: 1, resumed: true });
    expect(await countsOf(test, url())).to.deep.include({ visible: 0, inFlight: 0 });
  });

  it("find the mapping of a function's alias", async () => {
    const { functions, mappings } = test.run.cloud;
    const { functionName = "" } = test.system("walkthrough").consumers.QueueA ?? {};
    const mapping = mappings.list().find((each) => each.functionArn.endsWith(functionName));
    if (mapping === undefined) throw new Error("no mapping");
    const version = functions.publish(functionName);
    const functionArn = functions.setAlias(functionName, { name: "live", version });
    const { queueArn, uuid } = mapping;
    mappings.delete(uuid);
    mappings.create({ queueArn, functionArn });
    expect((await runOps(test, ["pause", consumer, "--yes"])).output).to.equal(
      `${consumer} is paused; 0 messages waiting`,
    );
    // The console and faults know the alias, too.
    await runOps(test, ["fault", consumer, "pause"]);
    expect(test.run.cloud.functions.faults.isPaused(functionArn)).to.equal(true);
    const { cloud } = test.run;
    expect(functionStates(cloud)[functionArn]?.mapping?.enabled).to.equal(false);
    expect(describeSystems(cloud, {}).map(({ name }) => name)).not.to.include("functions");
  });

  it("wait for the messages in flight before they report a pause", async () => {
    await runOps(test, ["pause", consumer, "--yes"]);
    await send();
    await test.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url(), VisibilityTimeout: 2 }),
    );
    expect(await runOps(test, ["pause", consumer, "--yes"])).to.deep.equal({
      code: 0,
      output: `${consumer} is paused; 1 message waiting`,
      notes: "1 message in flight ...\n1 message in flight ...",
    });
  });

  it("report after an interruption that the consumer is paused", async () => {
    await runOps(test, ["pause", consumer, "--yes"]);
    await send();
    await test.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: url() }));
    const interrupted = new AbortController();
    const { code, notes } = await runOps(test, ["pause", consumer, "--yes"], {
      signal: interrupted.signal,
      pause: async () => {
        interrupted.abort();
        throw interrupted.signal.reason;
      },
    });
    expect(code).to.equal(130);
    expect(notes).to.match(/ is paused; 1 message in flight$/);
  });

  it("reject a function that SNS invokes directly, and what they do instead", async () => {
    expect(await runOps(test, ["pause", "walkthrough/direct", "--yes"])).to.deep.equal({
      code: 2,
      output: "",
      notes: "walkthrough/direct has no queue: SNS invokes its function, which cannot be paused",
    });
  });
});
