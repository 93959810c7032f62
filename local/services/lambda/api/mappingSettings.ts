import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import type { MappingSettings } from "../eventSourceMappings/eventSourceMapping.ts";

const update = v.strictObject({
  Enabled: v.optional(v.boolean()),
  BatchSize: v.optional(v.number()),
  MaximumBatchingWindowInSeconds: v.optional(v.number()),
  FunctionResponseTypes: v.optional(v.array(v.literal("ReportBatchItemFailures"))),
  ScalingConfig: v.optional(v.strictObject({ MaximumConcurrency: v.number() })),
  FilterCriteria: v.optional(
    v.strictObject({ Filters: v.optional(v.array(v.strictObject({ Pattern: v.string() })), []) }),
  ),
});

/**
 * Reads what UpdateEventSourceMapping may change.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export function mappingSettings({ body }: Call): MappingSettings {
  const result = v.safeParse(update, parse(body.toString("utf8")));
  if (!result.success) throw refusal(result.issues[0]);
  const { FunctionResponseTypes: types, FilterCriteria: criteria, ...given } = result.output;
  return {
    enabled: given.Enabled,
    batchSize: given.BatchSize,
    windowSeconds: given.MaximumBatchingWindowInSeconds,
    reportBatchItemFailures: types && types.length > 0,
    maximumConcurrency: given.ScalingConfig?.MaximumConcurrency,
    filters: criteria?.Filters.map(({ Pattern }) => Pattern),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("InvalidRequestContentException", `Could not parse request body: ${error}`);
  }
}

function refusal(issue: v.BaseIssue<unknown>): AwsError {
  const field = v.getDotPath(issue) ?? "the body";
  return issue.expected === "never"
    ? notSupported(`${field} in UpdateEventSourceMapping`)
    : new AwsError("InvalidParameterValueException", `${field}: ${issue.message}`);
}
