import { expect } from "chai";
import { FanoutTopic } from "../../components/index.ts";
import { json, namesOf, resource, waitsFor } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const topicArn = "arn:aws:sns:eu-west-1:123456789012:photos-1a2b3c4";
const functionArn = "arn:aws:lambda:eu-west-1:123456789012:function:photos-faces-1a2b3c4";

function photos() {
  return runProgram(
    () =>
      new FanoutTopic("photos", {
        consumers: [
          {
            name: "faces",
            kind: "function",
            handler: "test/fixtures/handlers/echo.ts",
            maximumRetryAttempts: 1,
            maximumEventAgeSeconds: 600,
          },
        ],
      }),
  );
}

describe("a function consumer", () => {
  it("has no queue to work off, but one for each way to fail", async () => {
    const run = await photos();
    expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal([
      "photos-faces-failures",
      "photos-faces-undelivered",
    ]);
    for (const name of ["photos-faces-failures", "photos-faces-undelivered"]) {
      const { inputs } = resource(run, "aws:sqs/queue:Queue", name);
      expect(inputs).to.include({ messageRetentionSeconds: 1_209_600 });
      expect(inputs).not.to.have.property("fifoQueue", true);
    }
    expect(namesOf(run, "aws:lambda/eventSourceMapping:EventSourceMapping")).to.deep.equal([]);
  });

  it("is subscribed directly, not raw, with its delivery dead-letter queue", async () => {
    const subscription = resource(
      await photos(),
      "aws:sns/topicSubscription:TopicSubscription",
      "photos-faces",
    );
    expect(subscription.inputs).to.deep.equal({
      topic: topicArn,
      protocol: "lambda",
      endpoint: functionArn,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:photos-1a2b3c4-faces-undelivered",
      }),
    });
  });

  it("may be invoked by this topic only, from before the first message", async () => {
    const run = await photos();
    const permission = resource(run, "aws:lambda/permission:Permission", "photos-faces");
    expect(permission.inputs).to.deep.equal({
      action: "lambda:InvokeFunction",
      function: "photos-faces-1a2b3c4",
      principal: "sns.amazonaws.com",
      sourceArn: topicArn,
    });
    const subscription = resource(
      run,
      "aws:sns/topicSubscription:TopicSubscription",
      "photos-faces",
    );
    expect(waitsFor(run, subscription, permission)).to.equal(true);
  });

  it("keeps what the function failed on, by a right that it has before", async () => {
    const run = await photos();
    const config = resource(
      run,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "photos-faces",
    );
    const failures = "arn:aws:sqs:eu-west-1:123456789012:photos-1a2b3c4-faces-failures";
    expect(config.inputs).to.deep.equal({
      functionName: "photos-faces-1a2b3c4",
      maximumRetryAttempts: 1,
      maximumEventAgeInSeconds: 600,
      destinationConfig: { onFailure: { destination: failures } },
    });
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", "photos-faces");
    expect(json(policy, "policy")).to.have.nested.property("Statement[1]").that.deep.equals({
      Sid: "KeepFailures",
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: failures,
    });
    expect(config.dependencies).to.include(policy.urn);
  });
});
