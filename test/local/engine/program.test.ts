import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { Aws, Group, Thing, up, urnOf } from "../../harness/engine/inline.ts";
import { errorsOf, stepsOf, type TestHost, testHost } from "../../harness/engine/runs.ts";

describe("what a program asks of the engine", () => {
  let host: TestHost;
  beforeEach(() => {
    host = testHost();
  });

  it("cannot have two resources of one URN", async () => {
    const run = await up(host, () => {
      const first = new Thing("queue");
      new Thing("queue", {}, { dependsOn: first });
    });
    expect(errorsOf(run)).to.deep.equal([
      `aws:test/thing:Thing (queue): error: Duplicate resource URN '${urnOf("queue")}'; try giving it a unique name`,
    ]);
    expect(host.aws.log).to.deep.equal(["create queue"]);
  });

  it("is told by name which packages, components and calls there are not", async () => {
    const bucket = await up(host, () => {
      new Foreign("gcp:storage/bucket:Bucket", "files");
    });
    expect(errorsOf(bucket)).to.deep.equal([
      'gcp:storage/bucket:Bucket (files): error: the local run serves the AWS provider only; resource type gcp:storage/bucket:Bucket needs the provider "gcp"',
    ]);
    const remote = await up(host, () => {
      new pulumi.ComponentResource("awsx:ec2:Vpc", "net", {}, {}, true);
    });
    expect(errorsOf(remote)).to.deep.equal([
      'error: awsx:ec2:Vpc "net": this component needs the plugin "awsx", which is not installed: pulumi plugin install resource awsx',
    ]);
    const lookup = await up(host, async () => {
      await pulumi.runtime.invoke("azure:core/getUser:getUser", {});
    });
    expect(errorsOf(lookup)).to.deep.equal([
      "error: the local run does not answer azure:core/getUser:getUser; it serves the AWS provider only",
    ]);
  });

  it("gets answers to its lookups, and an error that names what the provider does not answer", async () => {
    const run = await up(host, async () => {
      const region = await pulumi.runtime.invoke("aws:index/getRegion:getRegion", { name: "x" });
      return { region };
    });
    expect(run.outputs).to.deep.equal({
      region: { id: "eu-west-1", region: "eu-west-1", name: "x" },
    });
    const failed = await up(host, () => pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {}));
    expect(errorsOf(failed)).to.deep.equal([
      "error: invocation of aws:ec2/getAmi:getAmi returned an error: the local cloud does not answer aws:ec2/getAmi:getAmi",
    ]);
  });

  it("reads resources that it does not manage, and never deletes them", async () => {
    host.aws.resources.set("existing", { size: 7 });
    const run = await up(host, () => ({ arn: Thing.get("other", "existing").arn }));
    expect(stepsOf(run)).to.deep.equal(["read other"]);
    expect(run.outputs).to.deep.equal({ arn: "arn:aws:test:::existing" });
    const gone = await up(host, () => {});
    expect(stepsOf(gone)).to.deep.equal(["discard other"]);
    expect(host.aws.log).to.deep.equal([]);
    const missing = await up(host, () => ({ arn: Thing.get("other", "nowhere").arn }));
    expect(errorsOf(missing)).to.deep.equal([
      "aws:test/thing:Thing (other): error: resource 'nowhere' does not exist",
    ]);
  });

  it("has a default provider with the stack's configuration, and others of its own", async () => {
    const config = { "aws:region": "eu-west-1", "shop:name": "x" };
    const program = () => {
      const west = new Aws("west", { region: "us-west-2" });
      const group = new Group("group", {}, { providers: [west] });
      new Thing("a");
      new Thing("b", {}, { provider: west });
      new Thing("c", {}, { parent: group });
    };
    const run = await up(host, program, { config });
    expect(errorsOf(run)).to.deep.equal([]);
    const regions = new Set(host.aws.configurations.map(({ region }) => region));
    expect([...regions].sort()).to.deep.equal(["eu-west-1", "us-west-2"]);
    const providers = Object.fromEntries(
      host.state.load().map(({ name, provider }) => [name, provider.split("::").at(-2) ?? ""]),
    );
    expect(providers).to.deep.include({ a: "default", b: "west", c: "west" });
    const again = await up(host, program, { config });
    expect(new Set(stepsOf(again).map((step) => step.split(" ")[0]))).to.deep.equal(
      new Set(["same"]),
    );
    const gone = await up(host, () => {}, { config });
    expect(stepsOf(gone)).to.include("delete west");
    expect(host.state.load().map(({ name }) => name)).to.deep.equal(["shop-dev"]);
  });

  it("changes what it registers by transforms of a resource, of its parents and of the stack", async () => {
    const run = await up(host, () => {
      pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
        type === "aws:test/thing:Thing" ? { props: { ...props, stack: true }, opts } : undefined,
      );
      const group = new Group(
        "group",
        {},
        { transforms: [({ props, opts }) => ({ props: { ...props, parent: true }, opts })] },
      );
      const topic = new Thing("topic");
      new Thing(
        "queue",
        { source: topic.arn, order: "0" },
        {
          parent: group,
          transforms: [
            ({ props, opts }) => ({
              props: { ...props, order: pulumi.interpolate`${props.order}1` },
              opts: pulumi.mergeOptions(opts, { protect: true }),
            }),
          ],
        },
      );
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(host.aws.calls.map(({ inputs }) => inputs)).to.deep.equal([
      { name: "topic", stack: true },
      {
        name: "queue",
        source: "arn:aws:test:::topic-1",
        order: "01",
        parent: true,
        stack: true,
      },
    ]);
    const queue = host.state.load().find(({ name }) => name === "queue");
    expect(queue?.protect).to.equal(true);
    expect(queue?.dependencies).to.deep.equal([urnOf("topic")]);
  });

  it("changes its lookups by transforms", async () => {
    const run = await up(host, async () => {
      pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({
        args: { ...args, extra: 1 },
        opts,
      }));
      return { region: pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}) };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.outputs).to.deep.equal({
      region: { id: "eu-west-1", region: "eu-west-1", extra: 1 },
    });
  });

  it("has its hooks run before and after what they are bound to", async () => {
    const calls: string[] = [];
    const note = (what: string) => (args: pulumi.ResourceHookArgs) => {
      calls.push(`${what} ${args.name} ${args.id || "-"} ${JSON.stringify(args.newOutputs?.arn)}`);
    };
    const program = (args: Record<string, unknown>) => () => {
      new Thing("queue", args, {
        hooks: {
          beforeCreate: [note("before")],
          afterCreate: [new pulumi.ResourceHook("after", note("after"))],
          beforeUpdate: [
            () => {
              throw new Error("not now");
            },
          ],
        },
      });
    };
    const run = await up(host, program({ size: 1 }));
    expect(errorsOf(run)).to.deep.equal([]);
    expect(calls).to.deep.equal([
      "before queue - undefined",
      'after queue queue-1 "arn:aws:test:::queue-1"',
    ]);
    const failed = await up(host, program({ size: 2 }));
    expect(errorsOf(failed)).to.have.lengthOf(1);
    expect(errorsOf(failed)[0]).to.match(/ \(queue\): error: before hook ".*" failed: .*not now/);
    expect(host.aws.log).to.deep.equal(["create queue"]);
  });

  it("reads the outputs of other local stacks, and is told which there are", async () => {
    await up(host, () => ({ url: "http://x", token: pulumi.secret("t") }), { project: "base" });
    let isSecret = false;
    const run = await up(testHostWith(host), async () => {
      const base = new pulumi.StackReference("organization/base/dev");
      isSecret = await pulumi.isSecret(base.requireOutput("token"));
      return { url: base.requireOutput("url") };
    });
    expect(errorsOf(run)).to.deep.equal([]);
    expect(run.outputs).to.deep.equal({ url: "http://x" });
    expect(isSecret).to.equal(true);
    const missing = await up(testHostWith(host), () => {
      new pulumi.StackReference("organization/nothing/dev");
    });
    expect(errorsOf(missing)[0]).to.match(
      /stack reference "organization\/nothing\/dev": no local run has kept the outputs of this stack \(there are: base\/dev, shop\/dev\)/,
    );
  });

  it("passes on its log, with the resource that a line is about", async () => {
    const run = await up(host, async () => {
      const queue = new Thing("queue");
      await pulumi.log.info("hello", queue);
      await pulumi.log.warn("careful");
      await pulumi.log.debug("nobody reads this");
    });
    expect(run.succeeded).to.equal(true);
    expect(run.diagnostics).to.deep.equal([
      { severity: "info", urn: urnOf("queue"), message: "hello" },
      { severity: "warning", urn: "", message: "careful" },
    ]);
  });

  it("fails with an Output that fails", async () => {
    const run = await up(host, () => {
      const topic = new Thing("topic");
      new Thing("queue", {
        source: topic.arn.apply(() => {
          throw new Error("no such source");
        }),
      });
    });
    expect(run.succeeded).to.equal(false);
    expect(errorsOf(run)).to.deep.equal(["error: no such source"]);
    expect(stepsOf(run)).to.deep.equal(["create topic"]);
  });
});

class Foreign extends pulumi.CustomResource {}

/** Another stack of the same machine. */
function testHostWith({ stackOutputs }: TestHost): TestHost {
  return { ...testHost(), stackOutputs };
}
