import { writeFileSync } from "node:fs";
import path from "node:path";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { newProject } from "../../harness/packages/newProject.ts";
import { type FanoutCommand, fanoutIn } from "../../harness/processes/fanoutCommand.ts";

const program = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");

const topic = new aws.sns.Topic("news");
const queue = new aws.sqs.Queue("readers", { visibilityTimeoutSeconds: 30 });
new aws.sqs.QueuePolicy("readers", {
  queueUrl: queue.url,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
    }],
  }),
});
new aws.sns.TopicSubscription("readers", {
  topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true,
});
new aws.cloudwatch.MetricAlarm("late", {
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  metricName: "ApproximateAgeOfOldestMessage",
  namespace: "AWS/SQS",
  period: 60,
  statistic: "Maximum",
  threshold: 60,
});
exports.queueUrl = queue.url;
exports.topicArn = topic.arn;
`;

const files = {
  "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
  "package.json": '{ "name": "shop", "main": "index.js" }',
  "index.js": program,
};

const packages = ["@pulumi/aws", "@pulumi/pulumi"];
const credentials = { accessKeyId: "local", secretAccessKey: "local" };

describe("fanout start in the folder of any Pulumi program", () => {
  const project = newProject(files, packages);
  let command: FanoutCommand;
  let url: string;
  let outputs: { readonly queueUrl: string; readonly topicArn: string };
  let sns: SNSClient;
  let sqs: SQSClient;

  before(async () => {
    command = fanoutIn(project.folder, ["start", "--port", "0"]);
    const ready = await command.line(/^ready /);
    url = ready.replace("ready ", "");
    outputs = JSON.parse(await (await fetch(`${url}/_fanout/outputs`)).text());
    const options = { endpoint: url, region: "us-east-1", credentials };
    sns = new SNSClient(options);
    sqs = new SQSClient(options);
  });
  after(async () => {
    sns?.destroy();
    sqs?.destroy();
    await command.end();
    project.remove();
  });

  const save = (text: string) => writeFileSync(path.join(project.folder, "index.js"), text);

  async function receive(): Promise<(string | undefined)[]> {
    const { queueUrl: QueueUrl } = outputs;
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    const { Messages = [] } = await sqs.send(command);
    return Messages.map(({ Body }) => Body);
  }

  it("prints what it is, and the endpoint on a line of its own", () => {
    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(command.output()).to.match(
      /^shop, stack dev, on the local cloud \(region us-east-1\)$/m,
    );
    expect(command.output()).to.match(/^On AWS only:\n {2}late \(MetricAlarm: /m);
  });

  it("is operated by fanout ops and fanout explain, though it has no output called systems", async () => {
    writeFileSync(path.join(project.folder, ".message.json"), '{ "headline": "Rain" }');
    const { port } = new URL(url);
    const status = fanoutIn(project.folder, ["ops", "status", "--port", port]);
    expect(await status.exit, status.output()).to.equal(0);
    expect(status.output()).to.match(/^news {2}arn:aws:sns:\S+ {2}1 subscription$/m);
    expect(status.output()).to.match(/^ {2}news\/readers +0 +0 +0 +-$/m);
    const args = ["explain", "news", ".message.json", "--port", port];
    const explain = fanoutIn(project.folder, args);
    expect(await explain.exit, explain.output()).to.equal(0);
    expect(explain.output()).to.equal("1 of 1 get it\n  gets it  news/readers  it has no filter\n");
  });

  it("runs the program again when it is saved, and keeps messages", async () => {
    const { topicArn: TopicArn } = outputs;
    await sns.send(new PublishCommand({ TopicArn, Message: "before" }));
    save(`${program}new aws.sqs.Queue("archive");\n`.replace("Seconds: 30", "Seconds: 40"));
    expect(await command.line(/ran again/)).to.equal(
      "The program ran again: 1 created, 1 updated, 4 unchanged",
    );
    expect(await receive()).to.deep.equal(["before"]);
  });

  it("keeps everything and says why when the program fails", async () => {
    save(`${program}throw new Error("no such thing");\n`);
    await command.line(/Error: no such thing/);
    await command.line(/The program failed; the local cloud stays as it is/);
    const { topicArn: TopicArn } = outputs;
    await sns.send(new PublishCommand({ TopicArn, Message: "after" }));
    expect(await receive()).to.deep.equal(["after"]);
  });

  it("ends with 0 when it is told to", async () => {
    expect(await command.end()).to.equal(0);
  });
});

describe("fanout start where it cannot start", () => {
  const rejected = async (
    given: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ) => {
    const project = newProject(given, packages);
    try {
      const command = fanoutIn(project.folder, ["start", "--port", "0", ...args]);
      expect(await command.exit).to.equal(1);
      return command.output().replaceAll(project.folder, "FOLDER");
    } finally {
      project.remove();
    }
  };

  it("names the folder without a Pulumi.yaml", async () => {
    expect(await rejected({})).to.match(
      /^no Pulumi.yaml project file found in .*FOLDER or the folders above it\n$/,
    );
  });

  it("advises fanout pulumi for a program in another language", async () => {
    expect(await rejected({ "Pulumi.yaml": "name: shop\nruntime: yaml\n" })).to.match(
      /^.*FOLDER\/Pulumi.yaml: the local run executes programs whose runtime is nodejs \(given yaml\); for others, use the Pulumi CLI: fanout pulumi up\n$/,
    );
  });

  it("names the stacks when there are several and none is the default", async () => {
    const stacks = { "Pulumi.eu.yaml": "config: {}\n", "Pulumi.us.yaml": "config: {}\n" };
    expect(await rejected({ ...files, ...stacks })).to.match(
      /FOLDER has several stacks: name one by --stack NAME \(eu, us\)\n$/,
    );
  });

  it("says what is only listed with --strict, and fails", async () => {
    expect(await rejected(files, ["--strict"])).to.match(
      /aws:cloudwatch\/metricAlarm:MetricAlarm \(late\): error: .*--strict: /,
    );
  });
});
