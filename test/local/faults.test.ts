import { expect } from "chai";
import { Faults } from "../../local/faults.ts";

describe("a list of faults", () => {
  it("keeps a fault until it has taken effect as often as it should", () => {
    const faults = new Faults<string>("fault");
    const twice = faults.add("breaks", 2);
    const always = faults.add("bends");
    faults.hit(twice);
    faults.hit(always);
    expect(faults.list()).to.deep.equal([
      { id: "fault-1", fault: "breaks", hits: 1, times: 2 },
      { id: "fault-2", fault: "bends", hits: 1 },
    ]);
    faults.hit(twice);
    expect(faults.list().map(({ id }) => id)).to.deep.equal(["fault-2"]);
  });

  it("reports each fault that comes and goes, and nothing else", () => {
    const faults = new Faults<string>("fault");
    let changes = 0;
    const stop = faults.onChange(() => changes++);
    const { id } = faults.add("breaks", 1);
    expect(faults.remove("fault-9")).to.equal(false);
    expect(faults.remove(id)).to.equal(true);
    stop();
    faults.add("bends");
    faults.clear();
    expect(changes).to.equal(2);
    expect(faults.isEmpty).to.equal(true);
  });

  it("rejects a number of times that is not a positive integer", () => {
    const faults = new Faults<string>("fault");
    for (const times of [0, -1, 1.5, Number.NaN]) {
      expect(() => faults.add("breaks", times))
        .to.throw(RangeError)
        .with.property("message", `times must be an integer of 1 or more (given ${times})`);
    }
  });
});
