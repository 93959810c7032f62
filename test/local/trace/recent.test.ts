import { expect } from "chai";
import { Recent } from "../../../local/trace/recent.ts";

describe("the latest of something", () => {
  const texts = (limits: { most: number; mostText: number }) =>
    new Recent<string>({ ...limits, textOf: (text) => text.length });

  it("are all kept while there are few", () => {
    const recent = texts({ most: 3, mostText: 100 });
    for (const text of ["a", "b", "c"]) recent.add(text);
    expect(recent.items()).to.deep.equal(["a", "b", "c"]);
  });

  it("are never more than twice the limit, and at least the limit", () => {
    const recent = texts({ most: 3, mostText: 1000 });
    for (let count = 1; count <= 100; count++) {
      recent.add(String(count));
      expect(recent.items().length).to.be.within(Math.min(count, 3), 6);
      expect(recent.items().at(-1)).to.equal(String(count));
    }
  });

  it("never hold more than twice the text", () => {
    const recent = texts({ most: 1000, mostText: 10 });
    for (let count = 1; count <= 100; count++) {
      recent.add("four");
      const length = recent.items().join("").length;
      expect(length).to.be.at.most(20);
    }
    expect(recent.items().length).to.be.at.least(2);
  });

  it("keep the very latest, however long it is", () => {
    const recent = texts({ most: 10, mostText: 10 });
    recent.add("short");
    recent.add("x".repeat(100));
    expect(recent.items()).to.deep.equal(["x".repeat(100)]);
  });
});
