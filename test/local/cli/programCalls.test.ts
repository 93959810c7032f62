import { expect } from "chai";
import { newProject } from "../../harness/packages/newProject.ts";
import { type FanoutCommand, fanoutIn } from "../../harness/processes/fanoutCommand.ts";

const program = `
const pulumi = require("@pulumi/pulumi");
const aws = require("@pulumi/aws");
const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");

// Runs in another process.
const provider = {
  create: async ({ queueUrl }) => {
    const { SQSClient, SendMessageCommand } = require("@aws-sdk/client-sqs");
    await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "dynamic" }));
    return { id: "seed" };
  },
};
class Seed extends pulumi.dynamic.Resource {}

const queue = new aws.sqs.Queue("jobs");
new Seed(provider, "seed", { queueUrl: queue.url });
exports.account = new STSClient({}).send(new GetCallerIdentityCommand({})).then(({ Account }) => Account);
exports.sent = queue.url.apply((QueueUrl) =>
  new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: "first" })).then(() => "first"),
);
exports.queueUrl = queue.url;
`;

const files = {
  "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
  "package.json": '{ "name": "shop", "main": "index.js" }',
  "index.js": program,
};
const packages = ["@pulumi/aws", "@pulumi/pulumi", "@aws-sdk/client-sqs", "@aws-sdk/client-sts"];

describe("a program that calls AWS itself, under fanout start", () => {
  const project = newProject(files, packages);
  let command: FanoutCommand;
  after(async () => {
    await command.end();
    project.remove();
  });

  it("reaches the local cloud while others are asked to wait, and so do its dynamic providers", async () => {
    command = fanoutIn(project.folder, ["start", "--port", "0"], {
      AWS_PROFILE: "production",
      AWS_ENDPOINT_URL_SQS: "http://127.0.0.1:9",
    });
    const url = (await command.line(/^ready /)).replace("ready ", "");
    const outputs = await (await fetch(`${url}/_fanout/outputs`)).json();
    expect(outputs).to.include({ account: "000000000000", sent: "first" });
    const status = fanoutIn(project.folder, ["ops", "status", "--port", new URL(url).port]);
    expect(await status.exit, status.output()).to.equal(0);
    expect(status.output()).to.match(/^ +queues\/jobs +2 +0 +0 /m);
  });
});
