import { Group, Thing } from "../harness/engine/inline.ts";
import { expectSameOfBoth } from "../harness/pulumi/engines/bothEngines.ts";

describe("the steps of both engines", function () {
  this.timeout(900_000);

  it("create, leave, update, replace and delete alike, in a preview and in an update", async () => {
    const program = (key: number, size: number) => () => {
      const group = new Group("group", { size });
      const topic = new Thing("topic", { replaceKey: key }, { parent: group });
      const queue = new Thing("queue", { source: topic.arn, size }, { parent: group });
      return { arn: queue.arn };
    };
    await expectSameOfBoth([
      [program(1, 1), { preview: true }],
      program(1, 1),
      program(1, 1),
      program(1, 2),
      [program(2, 2), { preview: true }],
      program(2, 2),
      [() => ({}), { preview: true }],
      () => ({}),
    ]);
  });

  it("delete first what is replaced together with a resource that is deleted first", async () => {
    const program = (key: number) => () => {
      const base = new Thing("base", { deleteFirstKey: key });
      const bound = new Thing("bound", { replaceWithBase: base.arn });
      const loose = new Thing("loose", { source: base.arn }, { dependsOn: bound });
      new Thing("last", { replaceWithLoose: loose.arn });
    };
    await expectSameOfBoth([program(1), [program(2), { preview: true }], program(2), program(2)]);
  });

  it("delete first where the program says so, or not where it says so", async () => {
    const program = (key: number) => () => {
      const a = new Thing("a", { replaceKey: key }, { deleteBeforeReplace: true });
      new Thing("b", { deleteFirstKey: key }, { deleteBeforeReplace: false, dependsOn: a });
    };
    await expectSameOfBoth([program(1), program(2)]);
  });

  it("delete a dependent that the program no longer has before it deletes a replaced resource", async () => {
    const before = () => {
      const base = new Thing("base", { deleteFirstKey: 1 });
      new Thing("bound", { replaceWithBase: base.arn });
    };
    await expectSameOfBoth([before, () => new Thing("base", { deleteFirstKey: 2 })]);
  });

  it("keep what was made before a failure, and delete at the next run what was replaced", async () => {
    const program = (key: number, fail: string) => () => {
      const topic = new Thing("topic", { replaceKey: key });
      new Thing("queue", { source: topic.arn, fail });
    };
    await expectSameOfBoth([program(1, ""), program(2, "update"), program(2, ""), program(2, "")]);
  });

  it("try again to delete a replaced resource that the provider could not delete", async () => {
    const program = (key: number, fail: string) => () => {
      new Thing("topic", { replaceKey: key, fail });
    };
    // The program keeps its topic: the real engine would race between deleting it and stopping at the failure.
    await expectSameOfBoth([program(1, "delete"), program(2, ""), program(2, "")]);
  });

  it("go on with a replacement that deleted first and then failed to create", async () => {
    const program = (key: number, fail: string) => () => {
      const base = new Thing("base", { deleteFirstKey: key, fail });
      new Thing("bound", { replaceWithBase: base.arn });
    };
    await expectSameOfBoth([program(1, ""), program(2, "create"), program(2, ""), program(2, "")]);
  });

  it("drop a resource that was deleted for a replacement and is no longer in the program", async () => {
    const program = (key: number, fail: string) => () => {
      new Thing("base", { deleteFirstKey: key, fail });
    };
    await expectSameOfBoth([program(1, ""), program(2, "create"), () => {}, () => {}]);
  });

  it("stop at a resource that the provider refuses", async () => {
    await expectSameOfBoth([
      () => {
        const bad = new Thing("bad", { fail: "create" });
        new Thing("after", {}, { dependsOn: bad });
      },
      () => new Thing("bad", { invalid: 1 }),
    ]);
  });

  it("delete nothing when the program fails", async () => {
    await expectSameOfBoth([
      () => new Thing("old"),
      async () => {
        const made = new Thing("new");
        await new Promise((resolve) => made.id.apply(resolve));
        throw new Error("the program is wrong");
      },
    ]);
  });

  it("reject two resources with one URN", async () => {
    await expectSameOfBoth([
      () => {
        const first = new Thing("twice");
        new Thing("twice", {}, { dependsOn: first });
      },
    ]);
  });
});
