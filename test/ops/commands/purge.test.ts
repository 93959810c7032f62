import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { type SharedRun, startSharedRun } from "../../harness/runs/sharedRun.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

const queue = "walkthrough/QueueA/dlq";

describe("ops purge", () => {
  let test: TestRun;
  let reset: SharedRun["reset"];
  before(async () => {
    ({ test, reset } = await startSharedRun(["walkthrough"]));
  });
  after(() => test.close());
  beforeEach(async () => {
    for (const DelaySeconds of [0, 60]) {
      await test.clients.sqs.send(
        new SendMessageCommand({ QueueUrl: url(), MessageBody: "x", DelaySeconds }),
      );
    }
  });
  afterEach(() => reset());

  const url = () => test.system("walkthrough").consumers.QueueA?.deadLetterQueueUrl;
  const visible = async () => (await countsOf(test, url())).visible;

  it("only prints what it would delete without --yes", async () => {
    expect(await runOps(test, ["purge", queue])).to.deep.equal({
      code: 0,
      output: `${queue}: 2 messages to delete; --yes deletes them`,
      notes: "",
    });
    expect(await visible()).to.equal(1);
  });

  it("deletes all messages with --yes when there is no terminal", async () => {
    expect(await runOps(test, ["purge", queue, "--yes"])).to.deep.equal({
      code: 0,
      output: `${queue}: 2 messages deleted`,
      notes: "",
    });
    expect(await visible()).to.equal(0);
  });

  it("asks for the queue's name on a terminal, and deletes only if it is confirmed", async () => {
    const asked: string[] = [];
    const answering = (answer: string) => ({
      ask: async (question: string) => {
        asked.push(question);
        return answer;
      },
    });
    expect(await runOps(test, ["purge", queue, "--yes"], answering("yes"))).to.deep.equal({
      code: 1,
      output: "",
      notes: `the name is not ${queue}; nothing was deleted`,
    });
    expect(await visible()).to.equal(1);
    const { code, output } = await runOps(
      test,
      ["purge", queue, "--yes", "--json"],
      answering(queue),
    );
    expect({ code, output: JSON.parse(output) }).to.deep.equal({
      code: 0,
      output: { queue, messages: 2, purged: true },
    });
    expect(await visible()).to.equal(0);
    expect(asked).to.deep.equal(
      Array(2).fill(
        "This deletes 2 messages irrevocably. To confirm, type the name of the queue: ",
      ),
    );
  });

  it("deletes nothing if the queue has more messages than --max", async () => {
    expect(await runOps(test, ["purge", queue, "--yes", "--max", "1"])).to.deep.equal({
      code: 1,
      output: "",
      notes: `${queue} has 2 messages, more than 1; nothing was deleted`,
    });
    expect(await visible()).to.equal(1);
  });

  it("fails with the error of SQS when a purge was less than a minute ago", async () => {
    await runOps(test, ["purge", queue, "--yes"]);
    const { code, notes } = await runOps(test, ["purge", queue, "--yes"]);
    expect(code).to.equal(1);
    expect(notes).to.match(/^PurgeQueueInProgress: Only one PurgeQueue operation on /);
  });
});
