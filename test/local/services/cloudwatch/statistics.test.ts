import { expect } from "chai";
import { Metrics } from "../../../../local/services/cloudwatch/metrics.ts";
import { statistic } from "../../../../local/services/cloudwatch/statistics.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

describe("a statistic", () => {
  it("is that of any number of different values", () => {
    const values = new Map(Array.from({ length: 200_000 }, (_, index) => [index + 0.5, 1]));
    expect(statistic("Minimum", { values })).to.equal(0.5);
    expect(statistic("Maximum", { values })).to.equal(199_999.5);
    expect(statistic("SampleCount", { values })).to.equal(200_000);
    expect(statistic("p50", { values })).to.equal(99_999.5);
  });

  it("counts each value as often as it was measured", () => {
    const values = new Map([
      [1, 3],
      [5, 1],
    ]);
    expect(statistic("Average", { values })).to.equal(2);
    expect(statistic("Sum", { values })).to.equal(8);
    expect(statistic("p75", { values })).to.equal(1);
  });
});

describe("when the latest value of a metric was measured", () => {
  it("is no earlier because an older value comes later", () => {
    const metrics = new Metrics({ clock: new ManualClock() });
    const metric = { namespace: "App", name: "Orders", dimensions: {} };
    metrics.add(metric, 1, { time: 600_000 });
    metrics.add(metric, 1, { time: 60_000 });
    expect(metrics.list().map(({ latest }) => latest)).to.deep.equal([600_000]);
  });
});
