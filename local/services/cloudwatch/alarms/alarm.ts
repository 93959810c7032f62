import type { MetricId } from "../metric.ts";

/** What an alarm compares, as PutMetricAlarm has it. */
export type AlarmDefinition = {
  readonly name: string;
  readonly description: string | undefined;
  /** Undefined for an alarm on metric math, which is evaluated on AWS only. */
  readonly metric: MetricId | undefined;
  readonly statistic: string;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
  readonly comparison: string;
  readonly treatMissingData: string;
  readonly actions: {
    readonly enabled: boolean;
    readonly alarm: readonly string[];
    readonly ok: readonly string[];
    readonly insufficientData: readonly string[];
  };
};

export type AlarmState = {
  readonly value: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly reason: string;
};
