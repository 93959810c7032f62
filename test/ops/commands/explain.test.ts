import { SubscribeCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";
import { countsOf } from "../../harness/runs/sinks.ts";

describe("ops explain", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["user-interactions"]);
  });
  after(() => test.close());

  const explain = (input: string, ...options: string[]) =>
    runOps(test, ["explain", "user-interactions", "-", ...options], { input });

  it("explains which subscriptions would receive a message, by key and value", async () => {
    const message = { message: "x", attributes: { type: "like" } };
    expect(await explain(JSON.stringify(message))).to.deep.equal({
      code: 0,
      notes: "",
      output: `1 of 3 get it
  gets it   user-interactions/likes     "type" is "like"
  does not  user-interactions/shares    "type" is "like", the filter asks for ["share"]
  does not  user-interactions/comments  "type" is "like", the filter asks for ["comment"]`,
    });
  });

  it("accepts any text as a message without attributes", async () => {
    expect((await explain("hello")).output).to.equal(`0 of 3 get it
  does not  user-interactions/likes     "type" is missing, the filter asks for ["like"]
  does not  user-interactions/shares    "type" is missing, the filter asks for ["share"]
  does not  user-interactions/comments  "type" is missing, the filter asks for ["comment"]`);
  });

  it("explains that SNS drops a raw message with more attributes than SQS allows", async () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`a${index}`, "x"]),
    );
    const ten = { message: "x", attributes: { ...attributes, a9: undefined, type: "like" } };
    expect((await explain(JSON.stringify(ten))).output).to.match(/^1 of 3 get it\n/);
    const eleven = { message: "x", attributes: { ...attributes, type: "like" } };
    expect((await explain(JSON.stringify(eleven))).output.split("\n").slice(0, 2)).to.deep.equal([
      "0 of 3 get it",
      "  does not  user-interactions/likes     SNS drops it: it has 11 attributes, and raw delivery to SQS allows 10",
    ]);
  });

  it("sends nothing", async () => {
    await explain('{"message":"x","attributes":{"type":"like"}}');
    await test.settle();
    const kinds = test.run.cloud.trace.recent().map(({ kind }) => kind);
    expect(kinds).to.deep.equal([]);
    const { likes } = test.system("user-interactions").consumers;
    expect(await countsOf(test, likes?.queueUrl)).to.deep.equal({ visible: 0, inFlight: 0 });
  });

  it("accepts the ARN of any topic, and includes all of its subscriptions, confirmed or not", async () => {
    const { arn } = test.run.cloud.topics.create("by-hand");
    const subscribe = (Protocol: string, Endpoint: string, Attributes = {}) =>
      test.clients.sns.send(
        new SubscribeCommand({ TopicArn: arn, Protocol, Endpoint, Attributes }),
      );
    await subscribe("http", "http://127.0.0.1:1/hook");
    await subscribe("sqs", "arn:aws:sqs:eu-west-1:000000000000:any", {
      FilterPolicy: '{"a":{"b":["x"]}}',
      FilterPolicyScope: "MessageBody",
    });
    const { code, output } = await runOps(test, ["explain", arn, "-", "--json"], {
      input: '{"a":{"b":"x"}}',
    });
    expect(code).to.equal(0);
    expect(JSON.parse(output)).to.deep.equal({
      topicArn: arn,
      subscriptions: [
        {
          consumer: "http http://127.0.0.1:1/hook",
          protocol: "http",
          gets: false,
          reason: "the subscription is not confirmed yet",
        },
        {
          consumer: "sqs arn:aws:sqs:eu-west-1:000000000000:any",
          protocol: "sqs",
          gets: true,
          reason: '"a.b" is "x"',
        },
      ],
    });
  });

  it("fails for a topic that does not exist", async () => {
    const arn = "arn:aws:sns:eu-west-1:000000000000:none";
    expect(await runOps(test, ["explain", arn, "-"])).to.deep.equal({
      code: 1,
      output: "",
      notes: "NotFoundException: Topic does not exist",
    });
  });
});
