import { PublishCommand } from "@aws-sdk/client-sns";
import { PurgeQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

describe("ops peek", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["orders", "walkthrough"]);
    const url = deadLetters();
    for (const body of ["1", "2", "3"]) {
      await test.clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: url,
          MessageBody: body,
          MessageGroupId: "g",
          MessageAttributes: {
            kind: { DataType: "String", StringValue: "a" },
            bytes: { DataType: "Binary", BinaryValue: new Uint8Array(3) },
          },
        }),
      );
    }
  });
  after(() => test.close());

  const deadLetters = () => test.system("orders").consumers.billing?.deadLetterQueueUrl;

  it("shows messages and leaves them in the queue, visible again", async () => {
    const { code, output, notes } = await runOps(test, ["peek", "orders/billing/dlq"]);
    expect({ code, notes }).to.deep.equal({ code: 0, notes: "" });
    const id = "[0-9a-f-]{36}";
    expect(output.replace(new RegExp(id, "g"), "ID")).to.equal(
      [
        "orders/billing/dlq: 3 of 3 messages",
        ...["1", "2", "3"].map(
          (body) =>
            `ID  sent 2026-01-01T00:00:00.000Z, received once, group g\n  kind=a  bytes=3 bytes\n  ${body}`,
        ),
      ].join("\n\n"),
    );
    expect(await countsOf(test, deadLetters())).to.deep.equal({ visible: 3, inFlight: 0 });
  });

  it("shows at most --max messages, and counts as a receive", async () => {
    const argv = ["peek", "orders/billing/dlq", "--max", "1", "--json"];
    const first = JSON.parse((await runOps(test, argv)).output);
    const second = JSON.parse((await runOps(test, argv)).output);
    expect(first).to.deep.include({ queue: "orders/billing/dlq", visible: 3 });
    expect(first.messages).to.have.lengthOf(1);
    expect(first.messages[0]).to.deep.include({
      body: "1",
      attributes: { kind: "a", bytes: "3 bytes" },
    });
    const receives = (report: typeof first) =>
      Number(report.messages[0].systemAttributes.ApproximateReceiveCount);
    expect(receives(second)).to.equal(receives(first) + 1);
    expect(await countsOf(test, deadLetters())).to.deep.equal({ visible: 3, inFlight: 0 });
  });

  it("warns that receives lead to the dead-letter queue, if there is one", async () => {
    const { cloud } = test.run;
    const queue = cloud.queues
      .list()
      .find(({ url }) => url === test.system("walkthrough").consumers.QueueA?.queueUrl);
    const [mapping] = cloud.mappings.list().filter(({ queueArn }) => queueArn === queue?.arn);
    cloud.mappings.setEnabled(mapping?.uuid ?? "", false);
    await test.clients.sqs.send(new SendMessageCommand({ QueueUrl: queue?.url, MessageBody: "x" }));
    const { output, notes } = await runOps(test, ["peek", "walkthrough/QueueA"]);
    expect(output).to.match(/^walkthrough\/QueueA: 1 of 1 message\n/);
    expect(notes).to.equal(
      "This counted as a receive; after 5 a message moves to the dead-letter queue.",
    );
  });

  it("receives nothing from an empty queue", async () => {
    expect(await runOps(test, ["peek", "orders/inventory"])).to.deep.equal({
      code: 0,
      output: "orders/inventory: 0 of 0 messages",
      notes: "",
    });
  });

  it("shows what can be received while a message group is blocked", async () => {
    const url = test.system("orders").consumers.notification?.deadLetterQueueUrl;
    const { cloud } = test.run;
    const { arn } = cloud.queues.list().find((queue) => queue.url === url) ?? { arn: "" };
    for (const [groupId, body] of [
      ["held", "1"],
      ["held", "2"],
      ["free", "3"],
    ] as const) {
      await test.clients.sqs.send(
        new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageGroupId: groupId }),
      );
    }
    cloud.queues.receiveNow(arn, { maxMessages: 1, visibilityTimeoutSeconds: 600 });
    const peeked = runOps(test, ["peek", "orders/notification/dlq", "--json"]);
    // It asks a second time for what is counted and cannot be had, and SQS lets it wait for that.
    let done = false;
    void peeked.finally(() => {
      done = true;
    });
    while (!done) await test.clock.advance(100);
    const { messages, visible } = JSON.parse((await peeked).output);
    expect(visible).to.equal(2);
    expect(messages.map(({ body }: { body: string }) => body)).to.deep.equal(["3"]);
  });

  it("shows why a dead letter failed, and where in the sources", async () => {
    const { topicArn, consumers } = test.system("orders");
    await test.clients.sqs.send(
      new PurgeQueueCommand({ QueueUrl: consumers.inventory?.deadLetterQueueUrl }),
    );
    await test.clients.sns.send(
      new PublishCommand({ TopicArn: topicArn, Message: '{"items":"many"}', MessageGroupId: "p" }),
    );
    await test.clock.advance(10 * 60_000);
    const { output } = await runOps(test, ["peek", "orders/inventory/dlq"]);
    expect(output.split("\n").at(-1)).to.match(
      /^ {2}failed: not a valid order: .* \(handlers\/lib\/parseJson\.ts:\d+:\d+\)$/,
    );
    const { output: json } = await runOps(test, ["peek", "orders/inventory/dlq", "--json"]);
    expect(JSON.parse(json).messages[0].failure).to.match(/^not a valid order: /);
  });

  const unknown: readonly (readonly [string, string])[] = [
    ["ordrs/billing", 'there is no consumer "ordrs/billing"; did you mean "orders/billing"?'],
    [
      "orders/billing/dql",
      'there is no queue "orders/billing/dql"; did you mean "orders/billing/dlq"?',
    ],
    [
      "orders/billing/undelivered",
      'there is no queue "orders/billing/undelivered"; available: orders/billing, orders/billing/dlq',
    ],
    [
      "walkthrough/direct",
      "walkthrough/direct has no queue of its own; it has walkthrough/direct/undelivered, walkthrough/direct/failures",
    ],
    [
      "orders",
      "orders is a system; its consumers are orders/billing, orders/inventory, orders/notification",
    ],
  ];
  for (const [name, notes] of unknown) {
    it(`suggests what exists instead of ${name}`, async () => {
      expect(await runOps(test, ["peek", name])).to.deep.equal({ code: 2, output: "", notes });
    });
  }
});
