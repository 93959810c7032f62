import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, namesOf, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const account = "123456789012";
const topicArn = `arn:aws:sns:eu-west-1:${account}:news-1a2b3c4`;
const pager = `arn:aws:sns:eu-west-1:${account}:pager`;
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const entry = "test/fixtures/handlers/echo.ts";

function news(args: Partial<FanoutTopicArgs>) {
  return runProgram(
    () =>
      new FanoutTopic("news", {
        consumers: [
          { name: "mail", handler: { entry, timeoutSeconds: 20 }, subscriptionDeadLetter: true },
          { name: "direct", kind: "function", handler: entry },
          { name: "phone", kind: "sms", endpoint: "+4915112345678", subscriptionDeadLetter: false },
          { name: "abroad", region: "us-east-1" },
        ],
        ...args,
      }),
  );
}

describe("alarms", () => {
  it("are none unless they are asked for", async () => {
    expect(namesOf(await news({}), alarm)).to.deep.equal([]);
  });

  it("cover the topic and each consumer in its account and region", async () => {
    expect(namesOf(await news({ alarms: true }), alarm)).to.deep.equal([
      "news-direct-duration",
      "news-direct-errors",
      "news-direct-failures",
      "news-direct-throttles",
      "news-direct-undelivered",
      "news-failed-deliveries",
      "news-lost-deliveries",
      "news-mail-dead-letters",
      "news-mail-duration",
      "news-mail-errors",
      "news-mail-oldest-message",
      "news-mail-throttles",
      "news-mail-undelivered",
      "news-redriven-deliveries",
    ]);
  });

  it("go off at the first dead letter, and are well without data", async () => {
    const run = await news({ alarms: { actions: [pager] }, tags: { team: "press" } });
    expect(resource(run, alarm, "news-mail-dead-letters").inputs).to.deep.equal({
      alarmDescription: "news-mail failed on messages too often",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: "news-1a2b3c4-mail-dlq" },
      statistic: "Maximum",
      period: 300,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
      alarmActions: [pager],
      okActions: [pager],
      tags: { team: "press" },
    });
  });

  it("of an existing queue's consumer are in the queue's region, with the actions there", async () => {
    const abroad = `arn:aws:sns:us-east-1:${account}:pager`;
    const run = await news({
      alarms: { actions: [pager, abroad] },
      consumers: [
        {
          name: "mail",
          existingQueueArn: `arn:aws:sqs:us-east-1:${account}:mail`,
          handler: entry,
          subscriptionDeadLetter: true,
        },
      ],
    });
    const placed = namesOf(run, alarm).map((name) => {
      const { inputs } = resource(run, alarm, name);
      return [name, inputs.region, inputs.alarmActions];
    });
    expect(placed).to.deep.equal([
      ["news-failed-deliveries", undefined, [pager]],
      ["news-lost-deliveries", undefined, [pager]],
      ["news-mail-duration", "us-east-1", [abroad]],
      ["news-mail-errors", "us-east-1", [abroad]],
      ["news-mail-throttles", "us-east-1", [abroad]],
      ["news-mail-undelivered", "us-east-1", [abroad]],
      ["news-redriven-deliveries", undefined, [pager]],
    ]);
  });

  const measured: [string, object][] = [
    [
      "news-lost-deliveries",
      {
        namespace: "AWS/SNS",
        metricName: "NumberOfNotificationsFailedToRedriveToDlq",
        dimensions: { TopicName: "news-1a2b3c4" },
        statistic: "Sum",
        threshold: 0,
      },
    ],
    [
      "news-mail-oldest-message",
      {
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: "news-1a2b3c4-mail" },
        threshold: 900,
      },
    ],
    [
      "news-mail-duration",
      {
        namespace: "AWS/Lambda",
        metricName: "Duration",
        dimensions: { FunctionName: "news-mail-1a2b3c4" },
        statistic: "Maximum",
        evaluationPeriods: 3,
        threshold: 18_000,
      },
    ],
    [
      "news-direct-throttles",
      { metricName: "Throttles", statistic: "Sum", evaluationPeriods: 3, threshold: 0 },
    ],
  ];
  for (const [name, expected] of measured) {
    it(`measure what they say: ${name}`, async () => {
      const { inputs } = resource(await news({ alarms: true }), alarm, name);
      expect(inputs).to.deep.include(expected);
    });
  }

  it("watch the quiet groups of a fair queue", async () => {
    const run = await news({
      alarms: true,
      consumers: [{ name: "mail", fairness: true }, { name: "post" }],
    });
    expect(resource(run, alarm, "news-mail-oldest-quiet-message").inputs).to.deep.include({
      alarmDescription:
        "a message of a quiet group has waited for news-mail for more than 300 seconds",
      namespace: "AWS/SQS",
      metricName: "ApproximateAgeOfOldestMessageInQuietGroups",
      dimensions: { QueueName: "news-1a2b3c4-mail" },
      statistic: "Maximum",
      threshold: 300,
      treatMissingData: "notBreaching",
    });
    expect(namesOf(run, alarm).filter((name) => name.includes("quiet"))).to.deep.equal([
      "news-mail-oldest-quiet-message",
    ]);
  });

  it("have thresholds of one's own, or are left out", async () => {
    const run = await news({
      alarms: { deadLetters: 9, throttles: false, failedDeliveries: false, durationPercent: false },
    });
    expect(resource(run, alarm, "news-mail-dead-letters").inputs.threshold).to.equal(9);
    expect(
      namesOf(run, alarm).filter((name) => /throttles|deliver|duration/.test(name)),
    ).to.deep.equal(["news-direct-undelivered", "news-mail-undelivered"]);
  });

  it("do not notify the topic that they monitor", async () => {
    expect(await failureOf(news({ alarms: { actions: [topicArn] } }))).to.have.property(
      "message",
      'FanoutTopic "news": alarms.actions contains the topic itself; use another topic for alarms',
    );
  });
});

describe("a dashboard", () => {
  const type = "aws:cloudwatch/dashboard:Dashboard";

  it("shows noisy and quiet groups of a fair queue", async () => {
    const metricsOf = async (fairness: boolean) => {
      const run = await news({ dashboard: true, consumers: [{ name: "mail", fairness }] });
      const { inputs } = resource(run, type, "news");
      return String(inputs.dashboardBody).match(/[A-Za-z]+(NoisyGroups|InQuietGroups)/g) ?? [];
    };
    expect(await metricsOf(false)).to.deep.equal([]);
    expect(await metricsOf(true)).to.deep.equal([
      "ApproximateNumberOfNoisyGroups",
      "ApproximateNumberOfMessagesVisibleInQuietGroups",
      "ApproximateAgeOfOldestMessageInQuietGroups",
    ]);
  });

  it("is named after the stack, and shows the flow in its order, in the topic's region", async () => {
    const dashboard = resource(await news({ dashboard: true }), type, "news");
    expect(dashboard.inputs.dashboardName).to.match(/^news-dev-[0-9a-f]{7}$/);
    expect(graphsOf(json(dashboard, "dashboardBody"))).to.deep.equal([
      ["news: published and delivered", 0, 0, "eu-west-1"],
      ["news: not delivered", 8, 0, "eu-west-1"],
      ["mail: queue", 0, 5, "eu-west-1"],
      ["mail: function", 8, 5, "eu-west-1"],
      ["mail: not handled", 16, 5, "eu-west-1"],
      ["direct: function", 0, 10, "eu-west-1"],
      ["direct: not handled", 8, 10, "eu-west-1"],
    ]);
  });

  it("measures by AWS's names", async () => {
    const dashboard = resource(await news({ dashboard: true }), type, "news");
    expect(json(dashboard, "dashboardBody")).to.have.nested.property(
      "widgets[2].properties.metrics",
    );
    const text = String(dashboard.inputs.dashboardBody);
    expect(text).to.contain(
      '["AWS/SQS","ApproximateAgeOfOldestMessage","QueueName","news-1a2b3c4-mail"',
    );
  });
});

describe("delivery logging", () => {
  const role = `arn:aws:iam::${account}:role/news-delivery-logging-1a2b3c4`;

  it("logs failures of every protocol that SNS can log, with a role for it", async () => {
    const run = await news({ deliveryLogging: true });
    expect(resource(run, "aws:sns/topic:Topic", "news").inputs).to.deep.equal({
      signatureVersion: 2,
      ...Object.fromEntries(
        ["sqs", "lambda", "http", "firehose"].flatMap((protocol) => [
          [`${protocol}FailureFeedbackRoleArn`, role],
          [`${protocol}SuccessFeedbackRoleArn`, role],
          [`${protocol}SuccessFeedbackSampleRate`, 0],
        ]),
      ),
    });
    const group = `arn:aws:logs:eu-west-1:${account}:log-group:sns/eu-west-1/${account}/news-1a2b3c4`;
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "news-delivery-logging");
    expect(json(policy, "policy"))
      .to.have.nested.property("Statement[0].Resource")
      .that.deep.equals([group, `${group}:*`, `${group}/*`]);
  });

  it("keeps the logs for a while, under the names that SNS gives them", async () => {
    const run = await news({ deliveryLogging: { successSamplePercent: 5, retentionDays: 7 } });
    const groups = ["news-deliveries", "news-failed-deliveries"].map(
      (name) => resource(run, "aws:cloudwatch/logGroup:LogGroup", name).inputs,
    );
    expect(groups).to.deep.equal([
      { name: `sns/eu-west-1/${account}/news-1a2b3c4`, retentionInDays: 7 },
      { name: `sns/eu-west-1/${account}/news-1a2b3c4/Failure`, retentionInDays: 7 },
    ]);
    expect(
      resource(run, "aws:sns/topic:Topic", "news").inputs.sqsSuccessFeedbackSampleRate,
    ).to.equal(5);
  });
});

describe("tracing", () => {
  it("traces the functions and the topic, which X-Ray lets", async () => {
    const run = await news({ tracing: true });
    expect(resource(run, "aws:sns/topic:Topic", "news").inputs.tracingConfig).to.equal("Active");
    const policy = resource(run, "aws:xray/resourcePolicy:ResourcePolicy", "news-tracing");
    expect(json(policy, "policyDocument")).to.have.nested.property(
      "Statement[0].Condition.StringLike.aws:SourceArn",
      topicArn,
    );
    const worker = resource(run, "aws:lambda/function:Function", "news-mail");
    expect(worker.inputs.tracingConfig).to.deep.equal({ mode: "Active" });
    expect(json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail"), "policy"))
      .to.have.property("Statement")
      .that.deep.includes({
        Sid: "SendTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      });
  });

  it("does not trace a FIFO topic, and says so", async () => {
    const run = await runProgram(
      () => new FanoutTopic("news", { fifo: true, tracing: true, consumers: [{ name: "a" }] }),
    );
    expect(resource(run, "aws:sns/topic:Topic", "news").inputs).not.to.have.property(
      "tracingConfig",
    );
    expect(namesOf(run, "aws:xray/resourcePolicy:ResourcePolicy")).to.deep.equal([]);
    expect(run.warnings.join("\n")).to.match(/SNS traces standard topics only/);
  });
});

/** Title, place and region of each graph. */
function graphsOf(body: unknown): unknown[] {
  const { widgets } = body as {
    widgets: { x: number; y: number; properties: { title: string; region: string } }[];
  };
  return widgets.map(({ x, y, properties: { title, region } }) => [title, x, y, region]);
}
