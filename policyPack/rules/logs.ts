import type { ResourceRule } from "../rule.ts";
import { lambdaFunction, logGroup } from "../types.ts";

export const logsEnd: ResourceRule = {
  name: "logs-end",
  description: "Log groups say how long they keep logs.",
  scope: "resource",
  types: [logGroup],
  problems: ({ retentionInDays }) =>
    typeof retentionInDays === "number" && retentionInDays > 0
      ? []
      : ["logs are kept, and paid for, for ever; set retentionInDays"],
};

/** A group that Lambda makes by itself keeps logs for ever, and stays when the function goes. */
export const functionsNameTheirLogs: ResourceRule = {
  name: "functions-name-their-logs",
  description: "Functions write to a log group that the stack has made.",
  scope: "resource",
  types: [lambdaFunction],
  problems: ({ loggingConfig }) =>
    namesGroup(loggingConfig) ? [] : ["Lambda makes the log group; set loggingConfig.logGroup"],
};

function namesGroup(config: unknown): boolean {
  return (
    typeof config === "object" &&
    config !== null &&
    "logGroup" in config &&
    Boolean(config.logGroup)
  );
}
