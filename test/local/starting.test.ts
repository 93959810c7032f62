import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../harness/assertions/failure.ts";
import { freePort } from "../harness/endpoints/freePort.ts";
import { startTestRun } from "../harness/runs/localRun.ts";

describe("a local run whose program is still being started", () => {
  it("asks callers to try again, since what they sent could be lost to consumers that are not there yet", async () => {
    const port = await freePort();
    const options = {
      endpoint: `http://127.0.0.1:${port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
    };
    const sns = new SNSClient(options);
    const sqs = new SQSClient(options);
    const failures: Error[] = [];
    const test = await startTestRun([], {
      port,
      program: async () => {
        failures.push(await failureOf(sns.send(new ListTopicsCommand({}))));
        failures.push(await failureOf(sqs.send(new ListQueuesCommand({}))));
        return {};
      },
    });
    const { Topics } = await sns.send(new ListTopicsCommand({}));
    for (const client of [sns, sqs]) client.destroy();
    await test.close();
    expect(Topics).to.deep.equal([]);
    for (const { name, message } of failures) {
      expect({ name, message }).to.deep.equal({
        name: "ServiceUnavailable",
        message: "The program is still being started; try again in a moment.",
      });
    }
    expect(failures).to.have.lengthOf(2);
  });
});
