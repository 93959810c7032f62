import * as pulumi from "@pulumi/pulumi";
import { Aws, Group, Thing, urnOf } from "../harness/engine/inline.ts";
import { expectSameOfBoth } from "../harness/pulumi/engines/bothEngines.ts";

describe("the resource options under both engines", function () {
  this.timeout(900_000);

  it("aliases: another name, type or parent, and children of a renamed component", async () => {
    await expectSameOfBoth([
      () => {
        const group = new Group("old");
        const queue = new Thing("old-queue", {}, { parent: group });
        const top = new Thing("top", {}, { dependsOn: queue });
        new Thing("plain", {}, { dependsOn: top });
      },
      () => {
        const group = new Group("new", {}, { aliases: [{ name: "old" }] });
        const queue = new Thing("new-queue", { name: "old-queue" }, { parent: group });
        const top = new Thing(
          "top",
          {},
          {
            parent: group,
            aliases: [{ parent: pulumi.rootStackResource }],
            dependsOn: queue,
          },
        );
        new Thing("renamed", { name: "plain" }, { aliases: [urnOf("plain")], dependsOn: top });
      },
      () => {
        const group = new Group("new");
        const queue = new Thing("new-queue", { name: "old-queue" }, { parent: group });
        new Thing("top", {}, { parent: group, dependsOn: queue });
      },
    ]);
  });

  it("aliases: two resources that claim the same one", async () => {
    await expectSameOfBoth([
      () => new Thing("old"),
      () => {
        const a = new Thing("a", {}, { aliases: [{ name: "old" }] });
        new Thing("b", {}, { aliases: [{ name: "old" }], dependsOn: a });
      },
    ]);
  });

  it("protect: a replacement and a delete are refused, also of children", async () => {
    const program = (key: number, protect: boolean) => () => {
      const group = new Group("group", {}, { protect });
      new Thing("bucket", { replaceKey: key }, { parent: group });
    };
    await expectSameOfBoth([
      program(1, true),
      [program(2, true), { preview: true }],
      program(2, true),
      [() => {}, { preview: true }],
      () => {},
      program(2, false),
      () => {},
    ]);
  });

  it("protect: a resource that is deleted first for another one is refused", async () => {
    const program = (key: number) => () => {
      const base = new Thing("base", { deleteFirstKey: key });
      new Thing("bound", { replaceWithBase: base.arn }, { protect: true });
    };
    await expectSameOfBoth([program(1), program(2)]);
  });

  it("retainOnDelete and deletedWith: the provider is not asked to delete", async () => {
    const program = (key: number) => () => {
      const bucket = new Thing("bucket");
      const object = new Thing("object", {}, { deletedWith: bucket });
      new Thing("kept", { replaceKey: key }, { retainOnDelete: true, dependsOn: object });
    };
    await expectSameOfBoth([program(1), program(2), () => {}]);
  });

  it("retainOnDelete: a resource that was to be deleted first stays", async () => {
    const program = (key: number) => () => {
      new Thing("kept", { deleteFirstKey: key }, { retainOnDelete: true });
    };
    await expectSameOfBoth([program(1), program(2)]);
  });

  it("ignoreChanges and replaceOnChanges: paths, wildcards and nested properties", async () => {
    const options = { ignoreChanges: ["size", "tags.owner", "rules[*].port"] };
    const args = (n: number) => ({
      size: n,
      tags: { owner: `o${n}`, kind: "a" },
      rules: [{ port: n, open: true }],
    });
    const program = (n: number, kind: string, mark: string) => () => {
      const first = new Thing("first", { ...args(n), tags: { owner: `o${n}`, kind } }, options);
      new Thing("second", { mark, n }, { replaceOnChanges: ["mark"], dependsOn: first });
    };
    await expectSameOfBoth([
      program(1, "a", "x"),
      program(2, "a", "x"),
      program(2, "b", "x"),
      program(2, "b", "y"),
    ]);
  });

  it("ignoreChanges: a property that the last program did not have, and all of them", async () => {
    const program = (args: Record<string, unknown>, paths: string[]) => () => {
      new Thing("queue", args, { ignoreChanges: paths });
    };
    await expectSameOfBoth([
      program({ size: 1 }, []),
      program({ size: 1, extra: "new" }, ["extra"]),
      program({ size: 3 }, ["*"]),
      program({}, ["size"]),
      program({ size: 3 }, []),
    ]);
  });

  it("replacementTrigger, replaceWith and deletedWith: replaced without a change of its own", async () => {
    const program = (trigger: number) => () => {
      const first = new Thing("first", {}, { replacementTrigger: trigger });
      const second = new Thing("second", {}, { replaceWith: [first], dependsOn: first });
      new Thing("third", {}, { deletedWith: first, dependsOn: second });
    };
    await expectSameOfBoth([program(1), program(1), program(2)]);
  });

  it("import: takes over, changes, and keeps afterwards", async () => {
    const program = (size: number, id: string | undefined) => () => {
      new Thing("mine", { name: "existing", size }, { import: id });
    };
    await expectSameOfBoth(
      [
        [program(1, "existing"), { preview: true }],
        program(1, "existing"),
        program(1, "existing"),
        program(2, undefined),
        program(2, "missing"),
      ],
      (aws) => aws.resources.set("existing", { name: "existing", size: 1 }),
    );
  });

  it("import: takes over in place of a resource of the program", async () => {
    await expectSameOfBoth(
      [
        () => new Thing("mine", { name: "existing", size: 1 }),
        () => new Thing("mine", { name: "existing", size: 1 }, { import: "existing" }),
      ],
      (aws) => aws.resources.set("existing", { name: "existing", size: 1 }),
    );
  });

  it("import: inputs that differ from the resource's", async () => {
    await expectSameOfBoth(
      [
        [
          () => new Thing("mine", { name: "existing", size: 2 }, { import: "existing" }),
          { preview: true },
        ],
        () => new Thing("mine", { name: "existing", size: 2 }, { import: "existing" }),
      ],
      (aws) => aws.resources.set("existing", { name: "existing", size: 1 }),
    );
  });

  it("Resource.get: reads, reads again, and gives up without deleting", async () => {
    const program = () => {
      const read = Thing.get("read", "existing");
      new Thing("user", { source: read.arn });
    };
    await expectSameOfBoth(
      [
        [program, { preview: true }],
        program,
        program,
        () => new Thing("read"),
        program,
        () => {},
        () => Thing.get("read", "missing"),
      ],
      (aws) => aws.resources.set("existing", { name: "existing", size: 1 }),
    );
  });

  it("provider: an explicit one, its change, and its end", async () => {
    const program = (region: string) => () => {
      const aws = new Aws("mine", { region });
      new Thing("queue", {}, { provider: aws });
    };
    await expectSameOfBoth([
      program("eu-west-1"),
      program("eu-west-1"),
      program("eu-west-2"),
      () => new Thing("queue"),
      () => {},
    ]);
  });

  it("additionalSecretOutputs and secret inputs", async () => {
    const program = () => {
      const key = new Thing(
        "key",
        { secretOutput: pulumi.secret("hidden"), nested: { a: pulumi.secret("b"), c: "d" } },
        { additionalSecretOutputs: ["derived"] },
      );
      return { key: key.derived, open: "shown" };
    };
    await expectSameOfBoth([program, program]);
  });

  it("dependsOn: a component stands for what is in it", async () => {
    await expectSameOfBoth([
      () => {
        const group = new Group("group");
        new Thing("inner", {}, { parent: group });
        new Thing("after", {}, { dependsOn: group });
      },
      () => {},
    ]);
  });
});
