import { expect } from "chai";
import { counts, namesOf } from "../harness/programs/graph.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("the walkthrough", () => {
  it("deploys what the console walkthrough creates, and nothing more", async () => {
    const run = await runStack("dev", { systems: ["walkthrough"] });
    const aws = Object.entries(counts(run)).filter(([type]) => type.startsWith("aws:"));
    expect(Object.fromEntries(aws)).to.deep.equal({
      "aws:sns/topic:Topic": 1,
      "aws:sns/topicPolicy:TopicPolicy": 1,
      "aws:sns/topicSubscription:TopicSubscription": 3,
      "aws:sqs/queue:Queue": 6,
      "aws:lambda/function:Function": 3,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 2,
      "aws:lambda/permission:Permission": 1,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": 1,
      "aws:iam/role:Role": 3,
      "aws:iam/rolePolicy:RolePolicy": 3,
      "aws:cloudwatch/logGroup:LogGroup": 3,
    });
    expect(namesOf(run, "aws:sqs/queue:Queue")).to.deep.equal([
      "walkthrough-QueueA",
      "walkthrough-QueueA-dlq",
      "walkthrough-QueueB",
      "walkthrough-QueueB-dlq",
      "walkthrough-direct-failures",
      "walkthrough-direct-undelivered",
    ]);
  });
});
