import { expect } from "chai";
import { Slices } from "../../../../local/console/page/slices.ts";

describe("work in slices", () => {
  let time = 0;
  let due: (() => void)[] = [];
  let slicesDone = 0;
  let slices: Slices;
  beforeEach(() => {
    time = 0;
    due = [];
    slicesDone = 0;
    slices = new Slices({
      now: () => time,
      later: (work) => due.push(work),
      onSlice: () => slicesDone++,
    });
  });

  /** Gives the browser's next task its turn. */
  function turn(): void {
    due.shift()?.();
  }

  /** Steps of two milliseconds each. */
  function* steps(name: string, count: number, done: string[]): Iterable<void> {
    for (let number = 1; number <= count; number++) {
      time += 2;
      done.push(`${name}${number}`);
      yield;
    }
  }

  it("stops after six milliseconds, and goes on in a task of its own", () => {
    const done: string[] = [];
    slices.do(steps("a", 5, done));
    expect(done).to.deep.equal([]);
    turn();
    expect(done).to.deep.equal(["a1", "a2", "a3"]);
    turn();
    expect(done).to.deep.equal(["a1", "a2", "a3", "a4", "a5"]);
    expect([due.length, slicesDone]).to.deep.equal([0, 2]);
  });

  it("does one job after the other, however many wait", () => {
    const done: string[] = [];
    slices.do(steps("a", 2, done));
    slices.do(steps("b", 2, done));
    expect(due.length).to.equal(1);
    while (due.length > 0) turn();
    expect(done).to.deep.equal(["a1", "a2", "b1", "b2"]);
  });

  it("goes on with the other jobs when one fails", () => {
    const done: string[] = [];
    slices.do(
      (function* (): Iterable<void> {
        yield;
        throw new Error("no");
      })(),
    );
    slices.do(steps("b", 1, done));
    expect(turn).to.throw("no");
    turn();
    expect(done).to.deep.equal(["b1"]);
  });

  it("drops what has not begun, and ends what has", () => {
    const done: string[] = [];
    slices.do(
      (function* (): Iterable<void> {
        slices.clear();
        yield* steps("a", 1, done);
      })(),
    );
    slices.do(steps("b", 1, done));
    while (due.length > 0) turn();
    expect(done).to.deep.equal(["a1"]);
  });
});
