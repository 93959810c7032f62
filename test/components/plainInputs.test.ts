import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, HandlerFunction, UploadBucket } from "../../components/index.ts";
import { resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const entry = "test/fixtures/handlers/echo.ts";

describe("the inputs that components register", () => {
  it("show the consumers of a topic by name, kind, filter and handler", async () => {
    const run = await runProgram(() => {
      const bucket = new UploadBucket("uploads");
      const role = new aws.iam.Role("archive", { assumeRolePolicy: "{}" });
      const archive = new aws.lambda.Function("archive", { role: role.arn });
      return new FanoutTopic("news", {
        sources: [{ bucket, prefix: "images/" }],
        alarms: true,
        consumers: [
          {
            name: "a",
            filter: { Records: { eventName: [{ prefix: "ObjectCreated" }] } },
            filterScope: "MessageBody",
            handler: { entry, environment: { TOKEN: "not in state" } },
          },
          { name: "b", kind: "function", handler: archive },
          { name: "c", kind: "email", endpoint: "a@example.com" },
        ],
        tags: { team: "news" },
        transform: { topic: (args) => args },
      });
    });
    expect(resource(run, "fanout:index:FanoutTopic", "news").inputs).to.deep.equal({
      alarms: true,
      sources: [{ bucket: "uploads", prefix: "images/" }],
      consumers: [
        {
          name: "a",
          kind: "queue",
          filter: { Records: { eventName: [{ prefix: "ObjectCreated" }] } },
          filterScope: "MessageBody",
          handler: entry,
        },
        { name: "b", kind: "function", handler: "existing function" },
        { name: "c", kind: "email" },
      ],
    });
  });

  it("contain no Outputs, whose values are not known when a component is registered", async () => {
    const run = await runProgram(
      () =>
        new FanoutTopic("news", {
          maxMessageSize: pulumi.output(2048),
          publishers: [{ principalArn: pulumi.output("arn:aws:iam::123456789012:role/web") }],
          consumers: [{ name: "a", region: pulumi.output("eu-west-1") }],
        }),
    );
    expect(resource(run, "fanout:index:FanoutTopic", "news").inputs).to.deep.equal({
      publishers: [{}],
      consumers: [{ name: "a", kind: "queue" }],
    });
  });

  it("show the settings of buckets and functions, and of an absolute entry path only the name", async () => {
    const run = await runProgram(() => {
      new UploadBucket("uploads", { versioned: true, tags: { team: "news" } });
      return new HandlerFunction("echo", {
        handler: { entry: path.resolve(entry), timeoutSeconds: 5 },
        description: "echoes",
      });
    });
    expect(resource(run, "fanout:index:UploadBucket", "uploads").inputs).to.deep.equal({
      versioned: true,
    });
    expect(resource(run, "fanout:index:HandlerFunction", "echo").inputs).to.deep.equal({
      entry: "echo.ts",
      timeoutSeconds: 5,
    });
  });
});
