import { type ResourceType, withoutEffect } from "../../provider/resourceType.ts";

/** What watches the systems on AWS. Here the console shows it all, and nothing is measured. */
export const watching: Readonly<Record<string, ResourceType>> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": withoutEffect(),
  "aws:cloudwatch/dashboard:Dashboard": withoutEffect(),
  "aws:xray/resourcePolicy:ResourcePolicy": withoutEffect(),
};
