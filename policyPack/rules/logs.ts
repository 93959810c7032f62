import type { ResourceRule } from "../rule.ts";
import { lambdaFunction, logGroup } from "../types.ts";

export const logsEnd: ResourceRule = {
  name: "logs-end",
  description: "Log groups have a retention period.",
  scope: "resource",
  types: [logGroup],
  problems: ({ retentionInDays }) =>
    typeof retentionInDays === "number" && retentionInDays > 0
      ? []
      : ["the log group keeps logs forever; set retentionInDays"],
};

/** A log group that Lambda creates keeps logs forever, and remains when the function is deleted. */
export const functionsNameTheirLogs: ResourceRule = {
  name: "functions-name-their-logs",
  description: "Functions write to a log group of the stack.",
  scope: "resource",
  types: [lambdaFunction],
  problems: ({ loggingConfig }) =>
    namesGroup(loggingConfig)
      ? []
      : ["Lambda would create the log group; set loggingConfig.logGroup"],
};

function namesGroup(config: unknown): boolean {
  return (
    typeof config === "object" &&
    config !== null &&
    "logGroup" in config &&
    Boolean(config.logGroup)
  );
}
