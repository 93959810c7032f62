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

/** Calls AWS as the SDKs do, in the query protocol, so that the function has no package. */
const source = `
const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, QUEUE_URL, OTHER } = process.env;
const call = (service, path, options) => fetch(AWS_ENDPOINT_URL + path, {
  method: "POST",
  ...options,
  headers: {
    ...options.headers,
    authorization: "AWS4-HMAC-SHA256 Credential=" + AWS_ACCESS_KEY_ID + "/20260101/us-east-1/" + service + "/aws4_request, SignedHeaders=host, Signature=0",
  },
});
export const receive = async () => {
  const response = await call("sqs", "/", {
    headers: { "x-amz-target": "AmazonSQS.ReceiveMessage", "content-type": "application/x-amz-json-1.0" },
    body: JSON.stringify({ QueueUrl: QUEUE_URL, WaitTimeSeconds: 20 }),
  });
  return (await response.json()).Messages?.map(({ Body }) => Body) ?? [];
};
export const invoke = async () => {
  const response = await call("lambda", "/2015-03-31/functions/" + OTHER + "/invocations", { body: "{}" });
  return response.json();
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
