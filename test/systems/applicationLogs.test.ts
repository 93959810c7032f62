import { expect } from "chai";
import { counts, json, resource, waitsFor } from "../harness/programs/graph.ts";
import { statementsOf } from "../harness/programs/policies.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("application logs", () => {
  const logs = () => runStack("dev", { systems: ["application-logs"] });

  it("are in queues without an event source mapping", async () => {
    const run = await logs();
    expect(counts(run)).not.to.have.property("aws:lambda/eventSourceMapping:EventSourceMapping");
    expect(counts(run)).to.include({ "aws:sns/topicSubscription:TopicSubscription": 2 });
  });

  it("stay invisible for the timeout of the archiver", async () => {
    const run = await logs();
    const { timeout } = resource(
      run,
      "aws:lambda/function:Function",
      "application-logs-archiver",
    ).inputs;
    const queue = resource(run, "aws:sqs/queue:Queue", "application-logs-archiving");
    expect(queue.inputs).to.include({ visibilityTimeoutSeconds: timeout });
  });

  it("are polled by an archiver that may read only its own queue", async () => {
    const grant = resource(
      await logs(),
      "aws:iam/rolePolicy:RolePolicy",
      "application-logs-archiving-application--logs--archiver-consume",
    );
    const [consume, ...others] = statementsOf(grant).map(({ statement }) => statement);
    expect(others).to.deep.equal([]);
    expect(consume?.Action).to.deep.equal([
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueUrl",
    ]);
    expect(consume?.Resource).to.match(/:application-logs-\w+-archiving$/);
  });

  it("are archived every hour, by a scheduler that may only invoke the archiver", async () => {
    const run = await logs();
    const name = "application-logs-archiver-hourly";
    const schedule = resource(run, "aws:scheduler/schedule:Schedule", name);
    expect(schedule.inputs).to.include({ scheduleExpression: "rate(1 hour)" });
    const policy = resource(run, "aws:iam/rolePolicy:RolePolicy", name);
    expect(json(policy, "policy")).to.have.nested.property("Statement").that.has.length(1);
    const [invoke] = statementsOf(policy).map(({ statement }) => statement);
    expect(invoke).to.include({ Action: "lambda:InvokeFunction" });
    expect(invoke?.Resource).to.match(/:function:application-logs-archiver-\w+$/);
    expect(waitsFor(run, schedule, policy)).to.equal(true);
    const role = resource(run, "aws:iam/role:Role", name);
    expect(json(role, "assumeRolePolicy"))
      .to.have.nested.property("Statement[0]")
      .that.deep.includes({
        Principal: { Service: "scheduler.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
      });
  });
});
