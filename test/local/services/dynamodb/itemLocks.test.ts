import { expect } from "chai";
import { ItemLocks } from "../../../../local/services/dynamodb/itemLocks.ts";

describe("locks of items", () => {
  /** Works that end when told to, and what they did in order. */
  function makeWorks() {
    const locks = new ItemLocks();
    const log: string[] = [];
    const ends = new Map<string, () => void>();
    const begin = (name: string, items: string[]) => {
      const held = locks.hold(items, async () => {
        log.push(`${name} begins`);
        await new Promise<void>((resolve) => ends.set(name, resolve));
        log.push(`${name} ends`);
      });
      return held;
    };
    const end = async (name: string) => {
      ends.get(name)?.();
      await settled();
    };
    return { locks, log, begin, end };
  }

  function settled(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  it("let works on one item happen one after the other, in the order asked", async () => {
    const { log, begin, end } = makeWorks();
    const all = [begin("a", ["x"]), begin("b", ["x"]), begin("c", ["x"])];
    await settled();
    expect(log).to.deep.equal(["a begins"]);
    await end("a");
    await end("b");
    await end("c");
    await Promise.all(all);
    expect(log).to.deep.equal(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("let works on different items happen at the same time", async () => {
    const { log, begin, end } = makeWorks();
    const all = [begin("a", ["x"]), begin("b", ["y"])];
    await settled();
    expect(log).to.deep.equal(["a begins", "b begins"]);
    await end("a");
    await end("b");
    await Promise.all(all);
  });

  it("never let two works wait for each other, whatever their order of items", async () => {
    const { log, begin, end } = makeWorks();
    const all = [begin("a", ["x", "y"]), begin("b", ["y", "x"]), begin("c", ["y", "z"])];
    await settled();
    expect(log).to.deep.equal(["a begins"]);
    for (const name of ["a", "b", "c"]) await end(name);
    await Promise.all(all);
    expect(log).to.have.length(6);
  });

  it("are given back by a work that fails", async () => {
    const { locks } = makeWorks();
    const failed = locks.hold(["x"], () => Promise.reject(new Error("no")));
    const next = locks.hold(["x"], () => Promise.resolve("yes"));
    expect(await failed.catch((error: Error) => error.message)).to.equal("no");
    expect(await next).to.equal("yes");
  });
});
