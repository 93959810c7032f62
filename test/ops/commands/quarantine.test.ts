import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { type SharedRun, startSharedRun } from "../../harness/runs/sharedRun.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

const queue = "walkthrough/QueueA";

describe("ops quarantine", () => {
  let test: TestRun;
  let ids: readonly string[];
  let reset: SharedRun["reset"];
  before(async () => {
    ({ test, reset } = await startSharedRun(["walkthrough"]));
  });
  after(() => test.close());
  beforeEach(async () => {
    for (const { uuid } of test.run.cloud.mappings.list()) {
      test.run.cloud.mappings.setEnabled(uuid, false);
    }
    ids = [await send("good", "a"), await send("poison", "b"), await send("good", "c")];
  });
  afterEach(() => reset());

  const queueA = () => test.system("walkthrough").consumers.QueueA;

  async function send(MessageBody: string, kind: string): Promise<string> {
    const { MessageId = "" } = await test.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queueA()?.queueUrl,
        MessageBody,
        MessageAttributes: { kind: { DataType: "String", StringValue: kind } },
      }),
    );
    return MessageId;
  }

  const visible = async () => ({
    queue: (await countsOf(test, queueA()?.queueUrl)).visible,
    deadLetters: (await countsOf(test, queueA()?.deadLetterQueueUrl)).visible,
  });

  it("moves one message to the dead-letter queue by its id, with its attributes", async () => {
    const { output } = await runOps(test, ["quarantine", queue, "--id", ids[1] ?? "", "--yes"]);
    expect(output).to.equal(`${queue}: 1 message of 3 moved to ${queue}/dlq`);
    expect(await visible()).to.deep.equal({ queue: 2, deadLetters: 1 });
    const { output: peeked } = await runOps(test, ["peek", `${queue}/dlq`, "--json"]);
    expect(JSON.parse(peeked).messages).to.have.length(1);
    expect(JSON.parse(peeked).messages[0]).to.deep.include({
      body: "poison",
      attributes: { kind: "b" },
    });
  });

  for (const argv of [[], ["--yes", "--dry-run"]]) {
    it(`only counts, and leaves all messages visible: ${argv.join(" ") || "without --yes"}`, async () => {
      const { output } = await runOps(test, [
        ...["quarantine", queue, "--match", '{"kind":["b","c"]}', ...argv],
      ]);
      expect(output).to.equal(
        `${queue}: 2 messages of 3 to move to ${queue}/dlq; --yes moves them`,
      );
      expect(await visible()).to.deep.equal({ queue: 3, deadLetters: 0 });
    });
  }

  it("moves to another queue with --to, and prints the counts with --json", async () => {
    const { output } = await runOps(test, [
      ...["quarantine", queue, "--match", '{"kind":["b"]}', "--to", "walkthrough/QueueB"],
      ...["--yes", "--json"],
    ]);
    expect(JSON.parse(output)).to.deep.equal({
      ...{ queue, to: "walkthrough/QueueB", seen: 3, messages: 1, moved: 1 },
    });
  });

  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["no choice", [], "choose messages with --id or --match"],
    ["a policy that SNS rejects", ["--match", '{"kind":"b"}'], "--match: "],
    ["a policy that is not JSON", ["--match", "kind=b"], "--match is not JSON: "],
    ["a scope without a policy", ["--scope", "MessageBody"], "--scope is of --match"],
    ["an unknown scope", ["--match", "{}", "--scope", "body"], "--scope must be "],
    ["the queue itself", ["--id", "x", "--to", queue], `name another queue for the messages of`],
  ];
  for (const [what, argv, notes] of wrong) {
    it(`rejects ${what}`, async () => {
      const given = await runOps(test, ["quarantine", queue, ...argv, "--yes"]);
      expect(given.code).to.equal(2);
      expect(given.notes).to.match(new RegExp(`^${notes}`));
      expect(await visible()).to.deep.equal({ queue: 3, deadLetters: 0 });
    });
  }
});
