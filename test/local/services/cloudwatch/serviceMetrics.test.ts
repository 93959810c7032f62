import { PublishCommand } from "@aws-sdk/client-sns";
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { FanoutTopic } from "../../../../components/index.ts";
import { statistic } from "../../../../local/services/cloudwatch/statistics.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

const day = 24 * 60 * 60_000;

describe("what services measure for CloudWatch", () => {
  let test: TestRun;
  beforeEach(async () => {
    test = await startTestRun([], {
      program: async () => {
        const { topicArn, consumers } = new FanoutTopic("orders", {
          consumers: [
            { name: "mail", handler: "test/fixtures/handlers/echo.ts" },
            { name: "audit", filter: { kind: ["audit"] } },
            { name: "queue" },
          ],
          alarms: {},
        });
        return { topicArn, queueUrl: consumers.queue?.queue?.url };
      },
    });
  });
  afterEach(() => test.close());

  /** The sum of a metric, or its latest maximum; undefined if it has no value. */
  function value(name: string, dimensions: Record<string, string>, stat = "Sum") {
    const { metrics, serviceMetrics, clock } = test.run.cloud;
    serviceMetrics.measureQueues();
    const [kind = ""] = Object.keys(dimensions);
    const namespaces = { TopicName: "SNS", QueueName: "SQS", FunctionName: "Lambda" };
    const namespace = `AWS/${namespaces[kind as keyof typeof namespaces]}`;
    const found = metrics.datapoints(
      { namespace, name, dimensions },
      0,
      clock.now() + day,
      stat === "Sum" ? day : 60_000,
    );
    const latest = found.at(-1);
    return latest && statistic(stat, latest);
  }

  async function publish(Message: string): Promise<void> {
    const TopicArn = String(test.run.outputs.topicArn);
    await test.clients.sns.send(new PublishCommand({ TopicArn, Message }));
    await test.settle();
  }

  it("counts what a topic accepts, delivers and filters", async () => {
    await publish("one");
    await publish("three");
    const topic = { TopicName: "orders" };
    expect(value("NumberOfMessagesPublished", topic)).to.equal(2);
    expect(value("PublishSize", topic)).to.equal(8);
    expect(value("NumberOfNotificationsDelivered", topic)).to.equal(4);
    expect(value("NumberOfNotificationsFilteredOut", topic)).to.equal(2);
    expect(value("NumberOfNotificationsFailed", topic)).to.equal(undefined);
  });

  it("counts the messages of a queue, and measures those that it holds", async () => {
    await publish("one");
    await publish("two");
    const queue = { QueueName: "orders-queue" };
    const QueueUrl = String(test.run.outputs.queueUrl);
    expect(value("ApproximateNumberOfMessagesVisible", queue, "Maximum")).to.equal(2);
    await test.clock.advance(60_000);
    const { Messages = [] } = await test.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(value("ApproximateNumberOfMessagesNotVisible", queue, "Maximum")).to.equal(1);
    expect(value("ApproximateAgeOfOldestMessage", queue, "Maximum")).to.equal(60);
    const ReceiptHandle = Messages[0]?.ReceiptHandle;
    await test.clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    await test.clock.advance(60_000);
    expect(value("ApproximateNumberOfMessagesVisible", queue, "Maximum")).to.equal(1);
    expect(value("NumberOfMessagesSent", queue)).to.equal(2);
    expect(value("NumberOfMessagesReceived", queue)).to.equal(1);
    expect(value("NumberOfMessagesDeleted", queue)).to.equal(1);
  });

  it("measures the quiet groups of a fair queue", async () => {
    const QueueUrl = String(test.run.outputs.queueUrl);
    const quiet = "ApproximateNumberOfMessagesVisibleInQuietGroups";
    const queue = { QueueName: "orders-queue" };
    await publish("no group");
    expect(value(quiet, queue, "Maximum")).to.equal(undefined);
    const message = { QueueUrl, MessageBody: "text", MessageGroupId: "tenant" };
    await test.clients.sqs.send(new SendMessageCommand(message));
    expect(value(quiet, queue, "Maximum")).to.equal(2);
    expect(value("ApproximateNumberOfNoisyGroups", queue, "Maximum")).to.equal(0);
  });

  it("counts invocations, errors and their duration", async () => {
    await publish("one");
    const [mail] = test.run.cloud.functions.list();
    const worker = { FunctionName: mail?.name ?? "" };
    expect(value("Invocations", worker)).to.equal(1);
    expect(value("Errors", worker)).to.equal(0);
    expect(value("Duration", worker)).to.be.a("number");
  });

  it("counts what a function's reserved concurrency throttles, which is no invocation", async () => {
    const { functions } = test.run.cloud;
    const [mail] = functions.list();
    const name = mail?.name ?? "";
    functions.configure(name, { reservedConcurrency: 0 });
    await functions.invoke(name, "{}");
    expect(value("Throttles", { FunctionName: name })).to.equal(1);
    expect(value("Invocations", { FunctionName: name })).to.equal(undefined);
  });

  it("gives the topic's alarms their states", async () => {
    const { alarms, serviceMetrics } = test.run.cloud;
    const raised = () => {
      serviceMetrics.measureQueues();
      return alarms
        .list()
        .filter((alarm) => alarms.state(alarm).value === "ALARM")
        .map(({ name }) => name);
    };
    await publish("one");
    expect(alarms.list()).to.have.length.above(3);
    expect(raised()).to.deep.equal([]);
    await test.clock.advance(20 * 60_000);
    expect(raised().join()).to.match(/^orders-queue-.*$/);
  });
});
