import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "data-aggregation";

const reading = (readingId: string, source: string, time: string, value: number) => ({
  message: { readingId, source, time, value },
});

describe("data aggregation, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  async function sums(): Promise<Record<string, unknown>> {
    const items = await itemsIn(test, textOutput(test.system(system), "sumsTable"));
    return Object.fromEntries(
      items.map(({ source, period, sum, readings }) => [`${source} ${period}`, [sum, readings]]),
    );
  }

  it("sums each source by minute and by day, in UTC", async () => {
    await publishTo(
      test,
      system,
      reading("r-1", "a", "2026-01-31T10:30:12Z", 0.1),
      reading("r-2", "a", "2026-01-31T11:30:48+01:00", 0.2),
      reading("r-3", "a", "2026-01-31T10:31:00Z", 5),
      reading("r-1", "b", "2026-01-31T10:30:12Z", -3),
    );
    await test.cloud.settled();
    expect(await sums()).to.deep.equal({
      "a 2026-01-31T10:30": [0.3, 2],
      "a 2026-01-31T10:31": [5, 1],
      "a 2026-01-31": [5.3, 3],
      "b 2026-01-31T10:30": [-3, 1],
      "b 2026-01-31": [-3, 1],
    });
  });

  it("is exact under redelivery: each reading counts once", async () => {
    const readings = Array.from({ length: 60 }, (_, index) =>
      reading(`r-${index}`, "a", "2026-01-31T10:30:00Z", 1),
    );
    await publishTo(test, system, ...readings, ...readings);
    await test.cloud.settled();
    await publishTo(test, system, ...readings);
    await test.cloud.settled();
    expect(await sums()).to.deep.equal({
      "a 2026-01-31T10:30": [60, 60],
      "a 2026-01-31": [60, 60],
    });
  });
});
