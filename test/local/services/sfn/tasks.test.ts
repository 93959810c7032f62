import { createServer, type Server } from "node:http";
import { expect } from "chai";
import { readParameters } from "../../../../local/protocol/queryParameters.ts";
import { runTask, type TaskServices } from "../../../../local/services/sfn/tasks.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";

const roleArn = "arn:aws:iam::000000000000:role/states";
const topicArn = "arn:aws:sns:eu-west-1:000000000000:orders.fifo";

describe("a task of a state machine", () => {
  let server: Server;
  let bodies: string[];
  let answer: string;
  let services: TaskServices;

  beforeEach(async () => {
    bodies = [];
    server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      bodies.push(body);
      response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    services = {
      endpoint: () => endpoint,
      region: "eu-west-1",
      authorize: () => ({ allowed: true }),
      credentials: () => ({ accessKeyId: "key", secretAccessKey: "secret" }),
      functions: { invoke: () => Promise.reject(new Error("no function is invoked")) },
    };
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const run = (name: string, input: object) =>
    runTask(services, roleArn, `arn:aws:states:::${name}`, input);

  it("publishes to a topic with all that it is given", async () => {
    answer = "<PublishResult><MessageId>m-1</MessageId></PublishResult>";
    const published = await run("sns:publish", {
      TopicArn: topicArn,
      Message: { id: 7 },
      Subject: "order",
      MessageGroupId: "g",
      MessageDeduplicationId: "d",
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "book" },
        "size.cm": { DataType: "Number", StringValue: "5" },
      },
    });
    expect(published).to.deep.equal({ MessageId: "m-1" });
    expect(bodies.map((body) => readParameters(new URLSearchParams(body)))).to.deep.equal([
      {
        Action: "Publish",
        Version: "2010-03-31",
        TopicArn: topicArn,
        Message: '{"id":7}',
        Subject: "order",
        MessageGroupId: "g",
        MessageDeduplicationId: "d",
        MessageAttributes: {
          kind: { DataType: "String", StringValue: "book" },
          "size.cm": { DataType: "Number", StringValue: "5" },
        },
      },
    ]);
  });

  it("puts events with their details as text", async () => {
    answer = '{"FailedEntryCount":0}';
    const event = { Source: "shop", DetailType: "placed" };
    const Entries = [
      { ...event, Detail: { id: 7 } },
      { ...event, Detail: "{}" },
    ];
    expect(await run("events:putEvents", { Entries })).to.deep.equal({ FailedEntryCount: 0 });
    expect(bodies.map((body) => JSON.parse(body))).to.deep.equal([
      {
        Entries: [
          { ...event, Detail: '{"id":7}' },
          { ...event, Detail: "{}" },
        ],
      },
    ]);
  });

  it("rejects how a function is invoked that only the input says", async () => {
    const input = { FunctionName: "double", InvocationType: "DryRun" };
    const { message } = await failureOf(run("lambda:invoke", input));
    expect(message).to.contain(
      'does not support "DryRun" as InvocationType of the task lambda:invoke',
    );
  });
});
