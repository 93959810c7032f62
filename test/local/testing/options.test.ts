import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { startTestCloud, type TestCloudOptions } from "../../../local/testing/index.ts";

const trust = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
};

/** Prints its event, and never ends where it says so. */
const source = `
export async function handler(event) {
  console.log(event.text);
  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 3_600_000));
  return event.text;
}`;

function program() {
  const role = new aws.iam.Role("worker", { assumeRolePolicy: JSON.stringify(trust) });
  const worker = new aws.lambda.Function("worker", {
    role: role.arn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    timeout: 1,
    code: new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(source) }),
  });
  return { functionName: worker.name };
}

/** Invokes the function of a cloud that is started with these options. */
async function invoked(options: TestCloudOptions, event: object) {
  await using cloud = await startTestCloud({ program, ...options });
  const { functionName: FunctionName } = cloud.outputs;
  const { Payload, FunctionError } = await cloud
    .client(LambdaClient)
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  const [{ error, log = "" } = {}] = cloud.invocations("worker");
  return { payload: Buffer.from(Payload ?? "").toString(), FunctionError, error, log };
}

describe("the options of a test cloud", () => {
  it("let a test read what handlers print, besides the log of each invocation", async () => {
    const entries: { functionName: string; text: string }[] = [];
    const { payload, log } = await invoked(
      { onLog: (entry) => entries.push(entry) },
      { text: "hi" },
    );
    expect(payload).to.equal('"hi"');
    expect(log).to.match(/^START .*\n.*\tINFO\thi\nEND .*\nREPORT /);
    expect(entries.map(({ text }) => text).join("")).to.equal(log);
    expect(new Set(entries.map(({ functionName }) => functionName))).to.deep.equal(
      new Set(["worker"]),
    );
  });

  it("let handlers time out on the machine's clock where that is asked for", async () => {
    const event = { text: "hi", hang: true };
    const { FunctionError, error } = await invoked({ handlerTimeouts: true }, event);
    expect(FunctionError).to.equal("Unhandled");
    expect(error?.errorMessage).to.match(/Task timed out after 1.00 seconds$/);
  });

  it("reject what has its effect on AWS only, with `strict`", async () => {
    const listed = () => {
      new aws.cloudwatch.MetricAlarm("alarm", {
        comparisonOperator: "GreaterThanThreshold",
        evaluationPeriods: 1,
      });
    };
    await using cloud = await startTestCloud({ program: listed });
    expect(cloud.hops()).to.deep.equal([]);
    const failure = await startTestCloud({ program: listed, strict: true }).then(
      () => undefined,
      (error: Error) => error.message,
    );
    expect(failure).to.match(/alarm.*--strict/s);
  });
});
