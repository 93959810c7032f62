import * as pulumi from "@pulumi/pulumi";
import { Aws, Group, Thing } from "../harness/engine/inline.ts";
import { expectSameOfBoth } from "../harness/pulumi/engines/bothEngines.ts";

describe("what a program asks of both engines", function () {
  this.timeout(900_000);

  it("lookups: their answers, and an error", async () => {
    await expectSameOfBoth([
      async () => ({ region: await pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}) }),
      () => ({ region: pulumi.output(pulumi.runtime.invoke("aws:index/getRegion:getRegion", {})) }),
      async () => {
        await pulumi.runtime.invoke("aws:ec2/getAmi:getAmi", {});
      },
    ]);
  });

  it("transforms: of a resource, of its parents and of the stack", async () => {
    await expectSameOfBoth([
      () => {
        pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
          type === "aws:test/thing:Thing" ? { props: { ...props, stack: true }, opts } : undefined,
        );
        const topic = new Thing("topic");
        const group = new Group(
          "group",
          {},
          {
            transforms: [({ props, opts }) => ({ props: { ...props, parent: true }, opts })],
            dependsOn: topic,
          },
        );
        new Thing(
          "queue",
          { source: topic.arn, order: "0" },
          {
            parent: group,
            transforms: [
              ({ props, opts }) => ({
                props: { ...props, order: pulumi.interpolate`${props.order}1` },
                opts: pulumi.mergeOptions(opts, { protect: true, ignoreChanges: ["size"] }),
              }),
            ],
          },
        );
      },
    ]);
  });

  it("hooks: run around creates, updates and deletes, and may fail", async () => {
    const calls: string[] = [];
    const note = (what: string) => (args: pulumi.ResourceHookArgs) => {
      calls.push(`${what} ${args.name}`);
    };
    const program = (size: number, fail: boolean) => () => {
      new Thing(
        "queue",
        { size },
        {
          hooks: {
            beforeCreate: [new pulumi.ResourceHook("before", note("before"))],
            afterCreate: [new pulumi.ResourceHook("after", note("after"))],
            beforeUpdate: [
              new pulumi.ResourceHook("update", () => {
                calls.push("update");
                if (fail) throw new Error("not now");
              }),
            ],
          },
        },
      );
    };
    await expectSameOfBoth([
      [program(1, false), { preview: true }],
      program(1, false),
      program(2, false),
      program(3, true),
    ]);
    const [first, second] = [calls.slice(0, calls.length / 2), calls.slice(calls.length / 2)];
    if (first.join() !== second.join()) throw new Error(`${first.join()} is not ${second.join()}`);
  });

  it("resources as inputs, and as outputs of the stack", async () => {
    await expectSameOfBoth([
      () => {
        const topic = new Thing("topic");
        const group = new Group("group", { topic });
        new Thing("queue", { topic, group, list: [topic.arn, { a: topic.id }] });
        return { topic, group, arn: topic.arn, secret: pulumi.secret("x"), nothing: undefined };
      },
    ]);
  });

  it("outputs of components, and of outputs that are not known in a preview", async () => {
    class Shop extends pulumi.ComponentResource {
      constructor(name: string) {
        super("shop:index:Shop", name);
        const queue = new Thing("inner", {}, { parent: this });
        this.registerOutputs({ arn: queue.arn, fixed: 1, hidden: pulumi.secret("x") });
      }
    }
    await expectSameOfBoth([
      [() => ({ shop: new Shop("shop").urn }), { preview: true }],
      () => ({ shop: new Shop("shop").urn }),
    ]);
  });

  it("providers of components, inherited and overridden", async () => {
    await expectSameOfBoth([
      () => {
        const west = new Aws("west", { region: "us-west-2" });
        const east = new Aws("east", { region: "us-east-1" }, { dependsOn: west });
        const outer = new Group("outer", {}, { providers: [west], dependsOn: east });
        const inner = new Group("inner", {}, { parent: outer });
        const a = new Thing("a", {}, { parent: inner });
        const b = new Thing("b", {}, { parent: inner, provider: east, dependsOn: a });
        new Thing("c", {}, { parent: b });
      },
    ]);
  });

  it("an Output that fails, and a resource whose parent failed", async () => {
    await expectSameOfBoth([
      () => {
        const topic = new Thing("topic");
        new Thing("queue", {
          source: topic.arn.apply(() => {
            throw new Error("no such source");
          }),
        });
      },
      () => {
        const bad = new Thing("bad", { fail: "create" });
        new Thing("child", {}, { parent: bad });
      },
    ]);
  });

  it("nothing, null, empty and nested values keep their form", async () => {
    const program = (extra: Record<string, unknown>) => () => {
      new Thing("values", {
        empty: "",
        zero: 0,
        no: false,
        none: [],
        object: {},
        deep: [{ a: [1, { b: "c" }] }],
        gone: undefined,
        inner: { gone: undefined, kept: 1 },
        ...extra,
      });
    };
    await expectSameOfBoth([program({}), program({ none: [1] }), program({ object: { a: 1 } })]);
  });

  it("a component that becomes a resource, and back", async () => {
    class Custom extends pulumi.CustomResource {
      constructor() {
        super("aws:test/thing:Thing", "same", {});
      }
    }
    class Component extends pulumi.ComponentResource {
      constructor() {
        super("aws:test/thing:Thing", "same");
      }
    }
    await expectSameOfBoth([
      () => void new Component(),
      () => void new Custom(),
      () => void new Component(),
    ]);
  });

  it("additional options: version, urn, and dependencies on what is deleted", async () => {
    await expectSameOfBoth([
      () => {
        const a = new Thing("a", {}, { version: "7.1.0" });
        new Thing("b", {}, { dependsOn: a });
      },
      () => {
        new Thing("b", {}, { version: "7.2.0" });
      },
    ]);
  });
});
