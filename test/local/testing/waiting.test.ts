import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { startTestCloud } from "../../../local/testing/index.ts";

const trust = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

const source = `
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
export const receive = async () => {
  const input = { QueueUrl: process.env.QUEUE_URL, WaitTimeSeconds: 20 };
  const { Messages } = await new SQSClient({}).send(new ReceiveMessageCommand(input));
  return Messages?.map(({ Body }) => Body) ?? [];
};
export const invoke = async () => {
  const input = { FunctionName: process.env.OTHER, Payload: "{}" };
  const { Payload } = await new LambdaClient({}).send(new InvokeCommand(input));
  return JSON.parse(Payload.transformToString());
};`;

/** A function that receives from a queue for 20 seconds, and one that invokes it. */
function program() {
  const queue = new aws.sqs.Queue("work");
  const role = new aws.iam.Role("worker", { assumeRolePolicy: JSON.stringify(trust) });
  const statements = [
    { Effect: "Allow", Action: ["sqs:ReceiveMessage", "lambda:InvokeFunction"], Resource: "*" },
  ];
  new aws.iam.RolePolicy("worker", {
    role: role.id,
    policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
  for (const handler of ["receive", "invoke"]) {
    new aws.lambda.Function(handler, {
      role: role.arn,
      runtime: "nodejs24.x",
      handler: `index.${handler}`,
      timeout: 60,
      code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(source) }),
      environment: { variables: { QUEUE_URL: queue.url, OTHER: "receive" } },
    });
  }
  return { queueUrl: queue.url };
}

describe("a handler that waits for the clock of a test", () => {
  let cloud: Awaited<ReturnType<typeof start>>;
  let started: () => void;
  const start = () => startTestCloud({ program, onLog: () => started() });
  before(async () => {
    cloud = await start();
  });
  afterEach(() => cloud.reset());
  after(() => cloud.close());

  /** Begins an invocation; returns when it waits for the clock. */
  async function begin(FunctionName: string): Promise<() => Promise<unknown>> {
    const { promise, resolve } = Promise.withResolvers<void>();
    started = resolve;
    const running = cloud.client(LambdaClient).send(new InvokeCommand({ FunctionName }));
    await promise;
    await cloud.settled();
    return async () => JSON.parse(Buffer.from((await running).Payload ?? "").toString());
  }

  it("in a long poll lets the clock advance, and gets nothing after its wait", async () => {
    const result = await begin("receive");
    expect(cloud.invocations()).to.deep.equal([]);
    await cloud.clock.advance({ seconds: 20 });
    expect(await result()).to.deep.equal([]);
    expect(cloud.invocations()).to.have.lengthOf(1);
  });

  it("in a long poll gets the message that arrives meanwhile", async () => {
    const result = await begin("receive");
    const { queueUrl: QueueUrl } = cloud.outputs;
    await cloud.client(SQSClient).send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
    expect(await result()).to.deep.equal(["hello"]);
  });

  it("in an invocation of a delayed function goes on when that has been invoked", async () => {
    cloud.faults.delay("receive", { seconds: 30, times: 1 });
    const result = await begin("invoke");
    await cloud.clock.advance({ seconds: 30 });
    expect(cloud.invocations()).to.deep.equal([]);
    await cloud.clock.advance({ seconds: 20 });
    expect(await result()).to.deep.equal([]);
    expect(cloud.invocations().map(({ functionName }) => functionName)).to.deep.equal([
      "receive",
      "invoke",
    ]);
  });
});
