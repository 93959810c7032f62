import path from "node:path";
import { pathToFileURL } from "node:url";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { startTestCloud } from "../../../local/testing/index.ts";
import { requireSupportedNode } from "../../../local/testing/nodeVersion.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { newProject } from "../../harness/packages/newProject.ts";

const source = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
const queue = new aws.sqs.Queue(config.require("queue"));
export const queueName = queue.name;
export const region = aws.getRegionOutput().region;
export const sizes = config.requireObject("sizes");
`;

describe("the program of a test cloud", () => {
  const project = newProject(
    {
      "package.json": JSON.stringify({ type: "module", main: "index.mjs" }),
      "Pulumi.yaml": "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "Pulumi.staging.yaml": 'config:\n  aws:region: eu-central-1\n  shop:queue: "orders"\n',
      "index.mjs": source,
      "deep/empty.txt": "",
    },
    ["@pulumi/aws", "@pulumi/pulumi"],
  );
  after(() => project.remove());

  it("is that of a folder, in a process of its own, with its stack and further settings", async () => {
    const directory = path.join(project.folder, "deep");
    await using cloud = await startTestCloud({ directory, config: { sizes: [1, 2] } });
    expect(cloud.outputs).to.deep.equal({
      queueName: "orders",
      region: "eu-central-1",
      sizes: [1, 2],
    });
    expect(cloud.region).to.equal("eu-central-1");
    expect(cloud.messages("orders")).to.deep.equal([]);
  });

  it("is a function that reads settings and returns outputs", async () => {
    await using cloud = await startTestCloud({
      config: { name: "mails", "aws:region": "eu-north-1" },
      program: async () => {
        const queue = new aws.sqs.Queue(new pulumi.Config().require("name"));
        return { arn: queue.arn, stack: pulumi.getStack(), nested: { secret: pulumi.secret(7) } };
      },
    });
    const { arn, nested }: { arn: string; nested: { secret: number } } = cloud.outputs;
    expect(arn).to.equal("arn:aws:sqs:eu-north-1:000000000000:mails");
    expect(nested.secret).to.equal(7);
    expect(cloud.outputs.stack).to.equal("test");
  });

  it("may be a module that is imported, whose exports are the outputs, but only once", async () => {
    const file = pathToFileURL(path.resolve("test/fixtures/programs/oneQueue.ts")).href;
    const program = () => import(file);
    const config = { queue: "imported" };
    const first = await startTestCloud({ program, config });
    const { queueName } = first.outputs;
    await first.close();
    expect(queueName).to.equal("imported");
    expect(await failureOf(startTestCloud({ program, config }))).to.have.property(
      "message",
      "the program registered no resource: its module was imported before, and a module runs only once; name its folder by `directory`, or export a function",
    );
  });

  it("runs again after it has changed, and messages stay", async () => {
    let names = ["one"];
    await using cloud = await startTestCloud({
      program: () => names.map((name) => new aws.sqs.Queue(name).name),
    });
    names = ["one", "two"];
    await cloud.update();
    expect(cloud.messages("two")).to.deep.equal([]);
    await cloud.reset();
    expect(() => cloud.messages("two")).to.throw('the cloud has no queue "two"; it has one');
  });

  it("that fails is an error with what `pulumi up` would print", async () => {
    const failure = await failureOf(
      startTestCloud({
        program: () => {
          throw new Error("no such thing");
        },
      }),
    );
    expect(failure.message).to.include("no such thing");
  });

  it("needs a project where it is not a function", async () => {
    const directory = path.join(project.folder, "..");
    expect((await failureOf(startTestCloud({ directory }))).message).to.match(
      /^no Pulumi.yaml project file found in /,
    );
  });
});

describe("a test cloud's Node", () => {
  it("is rejected in one line when it has no node:sqlite, or an early one", () => {
    for (const load of [() => undefined, () => ({ StatementSync: class {} })]) {
      expect(() => requireSupportedNode(load)).to.throw(
        `a test cloud needs Node 22.13 or later, which has node:sqlite (this is ${process.versions.node}): run the tests with a later Node`,
      );
    }
  });

  it("is accepted as it is here", () => {
    expect(() => requireSupportedNode()).not.to.throw();
  });
});
