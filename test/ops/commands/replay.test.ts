import { SetSubscriptionAttributesCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type { EndedInvocation } from "../../../local/services/lambda/interface.ts";
import type { ReceivedMessage } from "../../../local/services/sqs/interface.ts";
import type { TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { type SharedRun, startSharedRun } from "../../harness/runs/sharedRun.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:000000000000:${name}`;

describe("ops replay", () => {
  let test: TestRun;
  let reset: SharedRun["reset"];
  before(async () => {
    ({ test, reset } = await startSharedRun(["orders", "walkthrough"]));
  });
  after(() => test.close());
  afterEach(() => reset());

  const visible = async (url: string | undefined) => (await countsOf(test, url)).visible;

  /** Gives the orders' billing a queue for what SNS cannot deliver, and puts orders into it. */
  async function makeUndelivered(bodies: readonly string[]): Promise<string | undefined> {
    const { QueueUrl } = await test.clients.sqs.send(
      new CreateQueueCommand({ QueueName: "lost.fifo", Attributes: { FifoQueue: "true" } }),
    );
    const { billing } = test.system("orders").consumers;
    await test.clients.sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn: billing?.subscriptionArn,
        AttributeName: "RedrivePolicy",
        AttributeValue: JSON.stringify({ deadLetterTargetArn: arnOf("lost.fifo") }),
      }),
    );
    for (const body of bodies) {
      await test.clients.sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: body,
          MessageGroupId: "o-1",
          MessageDeduplicationId: `id-${body}`,
          MessageAttributes: { kind: { DataType: "Number", StringValue: "7" } },
          MessageSystemAttributes: {
            AWSTraceHeader: { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a9" },
          },
        }),
      );
    }
    return QueueUrl;
  }

  function stopWork(): void {
    const { mappings } = test.run.cloud;
    for (const { uuid } of mappings.list()) mappings.setEnabled(uuid, false);
  }

  function received(): ReceivedMessage[] {
    return test.run.cloud.queues.receiveNow(arnOf("orders-billing.fifo"), { maxMessages: 100 });
  }

  it("only prints what it would do without --yes", async () => {
    const lost = await makeUndelivered(["1", "2"]);
    expect(await runOps(test, ["replay", "orders/billing/undelivered"])).to.deep.equal({
      code: 0,
      output:
        "orders/billing/undelivered: 2 messages to replay to the queue of orders/billing; --yes replays them",
      notes: "",
    });
    expect(await visible(lost)).to.equal(2);
  });

  it("sends undelivered messages to the queue, unchanged and in order", async () => {
    stopWork();
    const bodies = Array.from({ length: 12 }, (_, index) => String(index));
    const lost = await makeUndelivered(bodies);
    expect(await runOps(test, ["replay", "orders/billing/undelivered", "--yes"])).to.deep.equal({
      code: 0,
      output: "orders/billing/undelivered: 12 messages replayed to the queue of orders/billing",
      notes: "10 of 12 messages replayed ...",
    });
    expect(await countsOf(test, lost)).to.deep.equal({ visible: 0, inFlight: 0 });
    const messages = received();
    expect(messages.map(({ body }) => body)).to.deep.equal(bodies);
    const [first] = messages;
    expect(first?.attributes.kind).to.include({ dataType: "Number", stringValue: "7" });
    expect(first?.systemAttributes).to.include({
      MessageGroupId: "o-1",
      MessageDeduplicationId: "id-0",
      AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a9",
    });
  });

  it("replays at most --max messages", async () => {
    stopWork();
    const lost = await makeUndelivered(["1", "2", "3"]);
    const argv = ["replay", "orders/billing/undelivered", "--max", "2", "--yes", "--json"];
    expect(JSON.parse((await runOps(test, argv)).output)).to.deep.equal({
      queue: "orders/billing/undelivered",
      to: "the queue of orders/billing",
      messages: 2,
      replayed: 2,
    });
    expect(await visible(lost)).to.equal(1);
  });

  it("keeps a message that cannot be delivered, and those after it", async () => {
    stopWork();
    const lost = await makeUndelivered(["1", "2"]);
    const { billing } = test.system("orders").consumers;
    await test.clients.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: billing?.queueUrl,
        Attributes: { MaximumMessageSize: "1024" },
      }),
    );
    await test.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: lost,
        MessageBody: "x".repeat(2000),
        MessageGroupId: "o-1",
        MessageDeduplicationId: "id-3",
      }),
    );
    await test.clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: lost,
        MessageBody: "4",
        MessageGroupId: "o-1",
        MessageDeduplicationId: "id-4",
      }),
    );
    const { code, notes } = await runOps(test, ["replay", "orders/billing/undelivered", "--yes"]);
    expect(code).to.equal(1);
    expect(notes).to.match(
      /^orders\/billing\/undelivered: 2 of 4 messages replayed; message [0-9a-f-]{36} stays in the queue: .*1024/,
    );
    expect(await countsOf(test, lost)).to.deep.equal({ visible: 2, inFlight: 0 });
    expect(received().map(({ body }) => body)).to.deep.equal(["1", "2"]);
  });

  it("invokes a function with the original event on which it failed", async () => {
    const { functions, queues } = test.run.cloud;
    const record = {
      version: "1.0",
      requestContext: { condition: "RetriesExhausted" },
      requestPayload: {
        Records: [
          {
            EventSource: "aws:sns",
            Sns: { MessageId: "m-1", Subject: null, Message: "hello", MessageAttributes: {} },
          },
        ],
      },
    };
    queues.send(arnOf("walkthrough-direct-failures"), {
      body: JSON.stringify(record),
      senderId: "lambda",
      event: "m-1",
      from: "arn:aws:lambda:eu-west-1:000000000000:function:walkthrough-direct",
    });
    const ended: EndedInvocation[] = [];
    functions.listen((invocation) => ended.push(invocation));
    expect(await runOps(test, ["replay", "walkthrough/direct/failures", "--yes"])).to.deep.equal({
      code: 0,
      output:
        "walkthrough/direct/failures: 1 message replayed to the function of walkthrough/direct",
      notes: "",
    });
    await test.settle();
    expect(ended).to.have.lengthOf(1);
    expect(ended[0]).to.include({ outcome: "succeeded" });
    expect(ended[0]?.functionArn).to.match(/:walkthrough-direct$/);
    expect(queues.counts(arnOf("walkthrough-direct-failures"))).to.include({
      visible: 0,
      inFlight: 0,
    });
  });

  it("keeps a message that is no event of the function", async () => {
    const { queues } = test.run.cloud;
    const arn = arnOf("walkthrough-direct-undelivered");
    queues.send(arn, { body: "hello", senderId: "sns", from: "test" });
    const { code, notes } = await runOps(test, [
      ...["replay", "walkthrough/direct/undelivered", "--yes"],
    ]);
    expect(code).to.equal(1);
    expect(notes).to.match(
      /stays in the queue: it is neither a notification of SNS nor a record of Lambda$/,
    );
    expect(queues.counts(arn)).to.include({ visible: 1 });
  });

  const wrong: readonly (readonly [string, string])[] = [
    [
      "orders/billing",
      "orders/billing is a work queue, whose messages its consumer handles; nothing to replay",
    ],
    ["orders/billing/dlq", "orders/billing/dlq is a dead-letter queue: redrive it"],
  ];
  for (const [name, notes] of wrong) {
    it(`rejects ${name}`, async () => {
      expect(await runOps(test, ["replay", name])).to.deep.equal({ code: 2, output: "", notes });
    });
  }
});
