import { PublishCommand } from "@aws-sdk/client-sns";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

describe("a topic that another program created", () => {
  let running: TestRun | undefined;
  afterEach(() => running?.close());

  it("delivers to the queues of a component that knows only its ARN", async () => {
    const program = async () => {
      const theirs = new aws.sns.Topic("news");
      new FanoutTopic("readers", {
        existingTopicArn: theirs.arn,
        consumers: [{ name: "search" }, { name: "audit", subscriptionDeadLetter: true }],
      });
      return { topicArn: theirs.arn };
    };
    running = await startTestRun([], { program });
    const { topics, queues, activity } = running.run.cloud;
    const [topic] = topics.list();
    await running.clients.sns.send(new PublishCommand({ TopicArn: topic?.arn, Message: "hello" }));
    await activity.idle();
    const received = queues
      .list()
      .map(({ name, arn }) => [
        name.replaceAll(/-[0-9a-f]{7}/g, ""),
        queues.peek(arn, 10).map(({ body }) => body),
      ]);
    expect(Object.fromEntries(received)).to.deep.equal({
      "news-search": ["hello"],
      "news-search-dlq": [],
      "news-audit": ["hello"],
      "news-audit-dlq": [],
      "news-audit-undelivered": [],
    });
  });
});
