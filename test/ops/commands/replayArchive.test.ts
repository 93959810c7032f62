import { SetSubscriptionAttributesCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";

const minutes = 60_000;

describe("ops replay of a topic's archive", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["audit-logs", "orders", "walkthrough"]);
    const { mappings } = test.run.cloud;
    for (const { uuid } of mappings.list()) mappings.setEnabled(uuid, false);
  });
  after(() => test.close());

  const trail = ["replay", "audit-logs", "--consumer", "trail"];

  /** Bodies that the consumer has received since the last call. */
  function received(): string[] {
    const { queues } = test.run.cloud;
    const queue = queues.list().find(({ name }) => name === "audit-logs-trail.fifo");
    const messages = queues.receiveNow(queue?.arn ?? "", { maxMessages: 100 });
    for (const { receiptHandle } of messages) queues.deleteMessage(queue?.arn ?? "", receiptHandle);
    return messages.map(({ body }) => body);
  }

  async function publish(body: string): Promise<void> {
    const { topicArn } = test.system("audit-logs");
    test.run.cloud.topics.publish(topicArn, {
      message: body,
      groupId: "g",
      by: { kind: "account", account: "000000000000" },
      from: "arn:aws:iam::000000000000:root",
    });
  }

  const now = () => new Date(test.clock.now()).toISOString();

  /** Publishes messages a minute apart, and lets five minutes pass. @returns the time of each */
  async function history(...bodies: string[]): Promise<string[]> {
    const times: string[] = [];
    for (const body of bodies) {
      times.push(now());
      await publish(body);
      await test.clock.advance(minutes);
    }
    received();
    await test.clock.advance(6 * minutes);
    return times;
  }

  it("only prints what it would do without --yes", async () => {
    const [from = ""] = await history("plan 1");
    expect(await runOps(test, [...trail, "--from", from])).to.deep.equal({
      code: 0,
      notes: "",
      output: `audit-logs/trail: SNS would deliver again the messages of audit-logs that were published at ${from} or later; --yes starts it`,
    });
    await test.clock.advance(minutes);
    expect(received()).to.deep.equal([]);
  });

  it("delivers again what was published since a time, and shows the progress", async () => {
    const [, from = ""] = await history("since 1", "since 2", "since 3");
    const run = await runOps(test, [...trail, "--from", from, "--yes"]);
    expect(run).to.deep.equal({
      code: 0,
      notes: "audit-logs/trail: pending ...",
      output: `audit-logs/trail: SNS has delivered again the messages of audit-logs that were published at ${from} or later`,
    });
    expect(received()).to.deep.equal(["since 2", "since 3"]);
  });

  it("delivers a timeframe, then what was published meanwhile, so that the subscription is not paused", async () => {
    const [from = "", to = ""] = await history("frame 1", "frame 2", "frame 3");
    const { output } = await runOps(
      test,
      [...trail, "--from", from, "--to", to, "--yes", "--json"],
      {
        pause: async (milliseconds) => {
          await publish("meanwhile");
          await test.clock.advance(milliseconds);
        },
      },
    );
    expect(JSON.parse(output)).to.deep.equal({
      consumer: "audit-logs/trail",
      from,
      to,
      status: "completed",
    });
    await publish("after");
    expect(received()).to.deep.equal(["frame 1", "frame 2", "meanwhile", "after"]);
  });

  it("replays only what passes the consumer's filter, all from the beginning", async () => {
    await history("filtered");
    const filter = (AttributeValue: string) =>
      test.clients.sns.send(
        new SetSubscriptionAttributesCommand({
          SubscriptionArn: test.system("audit-logs").consumers.trail?.subscriptionArn,
          AttributeName: "FilterPolicy",
          AttributeValue,
        }),
      );
    await filter('{"kind":["none"]}');
    const { code } = await runOps(test, [...trail, "--from", "beginning", "--yes"]);
    await filter("");
    expect({ code, received: received() }).to.deep.equal({ code: 0, received: [] });
  });

  it("reports after an interruption how to resume a timeframe", async () => {
    const [from = "", to = ""] = await history("interrupted 1", "interrupted 2");
    const interrupted = new AbortController();
    const resumed = new Date(test.clock.now() - minutes).toISOString();
    const { code, notes } = await runOps(test, [...trail, "--from", from, "--to", to, "--yes"], {
      signal: interrupted.signal,
      pause: async () => {
        interrupted.abort();
        throw interrupted.signal.reason;
      },
    });
    expect(code).to.equal(130);
    expect(notes.split("\n").at(-1)).to.equal(
      `SNS continues the replay and then delivers no new messages; resume it by replay audit-logs --consumer trail --from ${resumed} --yes`,
    );
  });

  const rejected: [string, string[], RegExp][] = [
    [
      "without a consumer",
      ["replay", "audit-logs"],
      /^audit-logs is a topic: name the consumer by --consumer \(trail\)$/,
    ],
    [
      "of another consumer",
      ["replay", "audit-logs", "--consumer", "x", "--from", "beginning"],
      /^audit-logs has no consumer "x"; available: trail$/,
    ],
    ["with an option for queues", [...trail, "--max", "1"], /^--max is an option for a queue/],
    [
      "of a queue with a time",
      ["replay", "orders/billing/undelivered", "--from", "x"],
      /^--from is an option for a topic/,
    ],
    ["without a time", trail, /^--from is missing: a time, or beginning \(\d{4}-.*Z\)$/],
    [
      "of no time",
      [...trail, "--from", "yesterday"],
      /^--from is a time such as 2026-01-31T10:00:00Z \(given "yesterday"\)$/,
    ],
    [
      "from before the archive",
      [...trail, "--from", "2020-01-01T00:00:00Z"],
      /^--from 2020-01-01T00:00:00Z is before the beginning of the archive, \d{4}-.*Z$/,
    ],
    [
      "to the future",
      [...trail, "--from", "beginning", "--to", "2999-01-01T00:00:00Z"],
      /^--to 2999-01-01T00:00:00Z is in the future; leave it out$/,
    ],
    [
      "to a time before its start",
      [...trail, "--from", "beginning", "--to", "2000-01-01T00:00:00Z"],
      /^--to 2000-01-01T00:00:00Z is not after --from beginning$/,
    ],
    [
      "of a FIFO topic without an archive",
      ["replay", "orders", "--consumer", "billing"],
      /^orders has no archive; set fifo.archiveDays on the topic$/,
    ],
    [
      "of a standard topic",
      ["replay", "walkthrough", "--consumer", "QueueA"],
      /^walkthrough is a standard topic; only FIFO topics have archives$/,
    ],
  ];
  for (const [what, argv, problem] of rejected) {
    it(`rejects a replay ${what}`, async () => {
      const { code, notes } = await runOps(test, argv);
      expect(code).to.equal(2);
      expect(notes).to.match(problem);
    });
  }
});
