import { expect } from "chai";
import type { AlarmDefinition } from "../../../../local/services/cloudwatch/alarms/alarm.ts";
import { evaluate } from "../../../../local/services/cloudwatch/alarms/evaluate.ts";
import { Metrics } from "../../../../local/services/cloudwatch/metrics.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";

const period = 300;
const start = Date.UTC(2026, 0, 1);
const metric = { namespace: "AWS/SQS", name: "Depth", dimensions: { QueueName: "work" } };

const alarm: AlarmDefinition = {
  name: "depth",
  description: undefined,
  metric,
  statistic: "Maximum",
  period,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: 10,
  comparison: "GreaterThanThreshold",
  treatMissingData: "missing",
  actions: { enabled: true, alarm: [], ok: [], insufficientData: [] },
};

/** The state after periods of these values; undefined is a period without any. */
function stateAfter(values: readonly (number | undefined)[], changes: Partial<AlarmDefinition>) {
  const metrics = new Metrics({ clock: new ManualClock() });
  const times = values.map((_, index) => start + index * period * 1000);
  for (const [index, value] of values.entries()) {
    if (value !== undefined) metrics.add(metric, value, { time: times[index] });
  }
  return evaluate({ ...alarm, ...changes }, metrics, times.at(-1) ?? start).value;
}

describe("the state of an alarm", () => {
  const cases: [string, string, readonly (number | undefined)[], Partial<AlarmDefinition>?][] = [
    ["ALARM", "enough periods breach", [11, 0, 11]],
    ["OK", "too few periods breach", [0, 0, 11]],
    ["OK", "a value is at the threshold", [10, 10, 10]],
    ["ALARM", "a value may be at the threshold", [10, 10, 10], at("GreaterThanOrEqualToThreshold")],
    ["ALARM", "values are too low", [9, 9, 9], at("LessThanThreshold")],
    ["OK", "earlier periods breached", [11, 11, 11, 0, 0, 0]],
    ["INSUFFICIENT_DATA", "there is no value", [undefined, undefined, undefined]],
    ["OK", "no value counts as none breaching", [undefined], missing("notBreaching")],
    ["ALARM", "no value counts as breaching", [undefined, undefined], missing("breaching")],
    [
      "OK",
      "a missing period counts as breaching, and one is too few",
      [0, 0, undefined],
      missing("breaching"),
    ],
    [
      "INSUFFICIENT_DATA",
      "the metric is computed on AWS only",
      [11, 11, 11],
      { metric: undefined },
    ],
  ];
  for (const [state, when, values, changes = {}] of cases) {
    it(`is ${state} if ${when}`, () => {
      expect(stateAfter(values, changes)).to.equal(state);
    });
  }
});

function at(comparison: string): Partial<AlarmDefinition> {
  return { comparison };
}

function missing(treatMissingData: string): Partial<AlarmDefinition> {
  return { treatMissingData };
}
