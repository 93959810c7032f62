import { expect } from "chai";
import { scenes } from "../../systems/index.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";
import { playScene } from "../harness/runs/scene.ts";

/** How much each scene of the demo checks. */
const checks: Readonly<Record<string, number>> = {
  uploads: 4,
  orders: 7,
  "exact-order": 4,
  duplicates: 6,
  bookings: 6,
  replay: 5,
  "push-pull": 4,
  midway: 4,
  "dead-letters": 6,
  "one-fails": 6,
  delay: 5,
  priority: 3,
  "event-archive": 4,
  "fair-queues": 4,
  retries: 6,
  "event-sources": 4,
};

describe("the demo's scenes", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun([...new Set(scenes.flatMap(({ systems }) => systems))]);
  });
  after(() => test.close());

  it("are all in this list", () => {
    expect(scenes.map(({ name }) => name)).to.deep.equal(Object.keys(checks));
  });

  for (const scene of scenes) {
    it(`${scene.name}: every check holds`, async () => {
      expect(await playScene(test, scene)).to.deep.equal({ right: checks[scene.name], wrong: [] });
    });
  }
});
