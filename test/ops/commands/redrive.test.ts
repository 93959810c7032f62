import { DeleteQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { type SharedRun, startSharedRun } from "../../harness/runs/sharedRun.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

describe("ops redrive", () => {
  let test: TestRun;
  let reset: SharedRun["reset"];
  before(async () => {
    ({ test, reset } = await startSharedRun(["walkthrough"]));
  });
  after(() => test.close());
  beforeEach(() => pauseFunctions());
  afterEach(() => reset());

  /** Otherwise they would take what is moved. */
  function pauseFunctions(): void {
    const { mappings } = test.run.cloud;
    for (const { uuid } of mappings.list()) mappings.setEnabled(uuid, false);
  }

  const queueA = () => test.system("walkthrough").consumers.QueueA;
  const queueB = () => test.system("walkthrough").consumers.QueueB;

  /** Lets `count` messages become dead letters of the queue A. */
  async function makeDeadLetters(count: number): Promise<void> {
    const { queues } = test.run.cloud;
    const { arn } = queues.list().find(({ url }) => url === queueA()?.queueUrl) ?? { arn: "" };
    for (let index = 0; index < count; index++) {
      await test.clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: queueA()?.queueUrl,
          MessageBody: JSON.stringify({ n: index }),
        }),
      );
    }
    for (let receive = 0; receive < 6; receive++) {
      queues.receiveNow(arn, { maxMessages: count, visibilityTimeoutSeconds: 1 });
      await test.clock.advance(1000);
    }
  }

  const visible = async (url: string | undefined) => (await countsOf(test, url)).visible;

  it("only prints what it would do without --yes", async () => {
    await makeDeadLetters(2);
    expect(await runOps(test, ["redrive", "walkthrough/QueueA/dlq"])).to.deep.equal({
      code: 0,
      output: "walkthrough/QueueA/dlq: 2 messages to move to walkthrough/QueueA; --yes moves them",
      notes: "",
    });
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(2);
  });

  it("moves all dead letters back, and reports progress", async () => {
    await makeDeadLetters(3);
    expect(
      await runOps(test, ["redrive", "walkthrough/QueueA/dlq", "--rate", "1", "--yes"]),
    ).to.deep.equal({
      code: 0,
      output: "walkthrough/QueueA/dlq: 3 messages moved to walkthrough/QueueA",
      notes: "0 of 3 messages moved ...\n2 of 3 messages moved ...",
    });
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(0);
    expect(await visible(queueA()?.queueUrl)).to.equal(3);
  });

  it("moves them to another queue with --to", async () => {
    await makeDeadLetters(1);
    const { output } = await runOps(test, [
      ...["redrive", "walkthrough/QueueA/dlq", "--to", "walkthrough/QueueB", "--yes", "--json"],
    ]);
    expect(JSON.parse(output)).to.deep.equal({
      queue: "walkthrough/QueueA/dlq",
      to: "walkthrough/QueueB",
      messages: 1,
      moved: 1,
    });
    expect(await visible(queueB()?.queueUrl)).to.equal(1);
  });

  it("starts no move task when the queue is empty", async () => {
    expect(await runOps(test, ["redrive", "walkthrough/QueueA/dlq", "--yes"])).to.deep.equal({
      code: 0,
      output: "walkthrough/QueueA/dlq: 0 messages to move to walkthrough/QueueA",
      notes: "",
    });
  });

  it("moves a letter whose source SQS does not know, such as one that a handler has sent", async () => {
    await test.clients.sqs.send(
      new SendMessageCommand({ QueueUrl: queueA()?.deadLetterQueueUrl, MessageBody: "x" }),
    );
    const { output } = await runOps(test, ["redrive", "walkthrough/QueueA/dlq", "--yes"]);
    expect(output).to.equal("walkthrough/QueueA/dlq: 1 message moved to walkthrough/QueueA");
  });

  it("fails with SQS's reason when it cannot move them", async () => {
    const shared = test;
    // It deletes a queue.
    test = await startTestRun(["walkthrough"]);
    pauseFunctions();
    await makeDeadLetters(1);
    const argv = ["redrive", "walkthrough/QueueA/dlq", "--to", "walkthrough/QueueB", "--yes"];
    const run = await runOps(test, argv, {
      pause: async (milliseconds) => {
        await test.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queueB()?.queueUrl }));
        await test.clock.advance(milliseconds);
      },
    });
    expect(run).to.deep.equal({
      code: 1,
      output: "",
      notes:
        "0 of 1 message moved ...\nthe move out of walkthrough/QueueA/dlq ended as FAILED after 0 messages: AWS.SimpleQueueService.NonExistentQueue",
    });
    await test.close();
    test = shared;
  });

  it("reports after an interruption that SQS continues", async () => {
    await makeDeadLetters(3);
    const interrupted = new AbortController();
    const { code, notes } = await runOps(
      test,
      ["redrive", "walkthrough/QueueA/dlq", "--rate", "1", "--yes"],
      {
        signal: interrupted.signal,
        pause: async () => {
          interrupted.abort();
          throw interrupted.signal.reason;
        },
      },
    );
    expect({ code, notes }).to.deep.equal({
      code: 130,
      notes:
        "0 of 3 messages moved ...\nSQS continues to move the messages out of walkthrough/QueueA/dlq",
    });
  });

  it("moves only the dead letters that a filter policy lets through, at a rate", async () => {
    await makeDeadLetters(3);
    const pauses: number[] = [];
    const { output } = await runOps(
      test,
      [
        ...["redrive", "walkthrough/QueueA/dlq", "--match", '{"n":[{"numeric":[">",0]}]}'],
        ...["--scope", "MessageBody", "--rate", "4", "--yes"],
      ],
      { pause: async (milliseconds) => void pauses.push(milliseconds) },
    );
    expect(output).to.equal("walkthrough/QueueA/dlq: 2 messages of 3 moved to walkthrough/QueueA");
    expect(pauses).to.deep.equal([250, 250]);
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(1);
    expect(await visible(queueA()?.queueUrl)).to.equal(2);
  });

  it("copies dead letters to a consumer that was added later, and keeps them", async () => {
    await makeDeadLetters(2);
    const { output } = await runOps(test, [
      ...["redrive", "walkthrough/QueueA/dlq", "--to", "walkthrough/QueueB", "--copy", "--yes"],
    ]);
    expect(output).to.equal("walkthrough/QueueA/dlq: 2 messages of 2 copied to walkthrough/QueueB");
    expect(await visible(queueB()?.queueUrl)).to.equal(2);
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(2);
  });

  it("copies each dead letter once, also at a rate that lets them become visible again", async () => {
    await makeDeadLetters(12);
    const { output } = await runOps(
      test,
      [
        ...["redrive", "walkthrough/QueueA/dlq", "--to", "walkthrough/QueueB"],
        ...["--copy", "--rate", "1", "--yes"],
      ],
      { pause: () => test.clock.advance(700_000) },
    );
    expect(output).to.equal(
      "walkthrough/QueueA/dlq: 12 messages of 12 copied to walkthrough/QueueB",
    );
    expect(await visible(queueB()?.queueUrl)).to.equal(12);
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(12);
  });

  it("reports after an interruption how many it has moved, and leaves the others", async () => {
    await makeDeadLetters(3);
    const interrupted = new AbortController();
    const { code, notes, output } = await runOps(
      test,
      ["redrive", "walkthrough/QueueA/dlq", "--match", "{}", "--rate", "1", "--yes"],
      {
        signal: interrupted.signal,
        pause: async () => {
          interrupted.abort();
          throw interrupted.signal.reason;
        },
      },
    );
    expect({ code, notes, output }).to.deep.equal({
      code: 130,
      notes: "walkthrough/QueueA/dlq: interrupted; 1 message moved to walkthrough/QueueA",
      output: "",
    });
    expect(await visible(queueA()?.deadLetterQueueUrl)).to.equal(2);
    expect(await visible(queueA()?.queueUrl)).to.equal(1);
  });

  it("rejects the dead-letter queue itself as the destination", async () => {
    const queue = "walkthrough/QueueA/dlq";
    const { code, notes } = await runOps(test, ["redrive", queue, "--to", queue, "--copy"]);
    expect({ code, notes }).to.deep.equal({
      code: 2,
      notes: `--to is ${queue} itself: name another queue`,
    });
  });

  const wrong: readonly (readonly [string, string])[] = [
    [
      "walkthrough/QueueA",
      "walkthrough/QueueA is not a dead-letter queue; redrive walkthrough/QueueA/dlq",
    ],
    [
      "walkthrough/direct/failures",
      "SQS cannot move the messages of walkthrough/direct/failures, which come from SNS or Lambda; replay them",
    ],
  ];
  for (const [name, notes] of wrong) {
    it(`rejects ${name}`, async () => {
      const given = await runOps(test, ["redrive", name, "--yes"]);
      expect(given).to.deep.equal({ code: 2, output: "", notes });
    });
  }
});
