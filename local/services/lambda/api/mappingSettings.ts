import * as v from "valibot";
import { parseArn } from "../../../../aws/arn.ts";
import type { Call } from "../../../protocol/call.ts";
import type {
  MappingDefinition,
  MappingSettings,
} from "../eventSourceMappings/eventSourceMapping.ts";
import {
  missingStart,
  type StreamMappingDefinition,
  type StreamStart,
} from "../streamMappings/streamMapping.ts";
import { requestBody } from "./requestBody.ts";

const settings = {
  Enabled: v.optional(v.boolean()),
  BatchSize: v.optional(v.number()),
  MaximumBatchingWindowInSeconds: v.optional(v.number()),
  FunctionResponseTypes: v.optional(v.array(v.literal("ReportBatchItemFailures"))),
  FilterCriteria: v.optional(
    v.strictObject({ Filters: v.optional(v.array(v.strictObject({ Pattern: v.string() })), []) }),
  ),
};

const update = v.strictObject({
  ...settings,
  ScalingConfig: v.optional(v.strictObject({ MaximumConcurrency: v.optional(v.number()) })),
});

const updateInput = v.strictObject({ ...update.entries, FunctionName: v.optional(v.string()) });

const source = { EventSourceArn: v.string(), FunctionName: v.string() };

const queueMapping = v.strictObject({
  ...update.entries,
  ...source,
  ProvisionedPollerConfig: v.optional(
    v.strictObject({
      MinimumPollers: v.optional(v.number()),
      MaximumPollers: v.optional(v.number()),
    }),
  ),
  Tags: v.optional(v.unknown()),
});

const changeableOfStreams = {
  BisectBatchOnFunctionError: v.optional(v.boolean()),
  DestinationConfig: v.optional(
    v.strictObject({ OnFailure: v.optional(v.strictObject({ Destination: v.string() })) }),
  ),
  MaximumRecordAgeInSeconds: v.optional(v.number()),
  MaximumRetryAttempts: v.optional(v.number()),
  ParallelizationFactor: v.optional(v.number()),
};

const streamMapping = v.strictObject({
  ...settings,
  ...source,
  ...changeableOfStreams,
  StartingPosition: v.optional(v.picklist(["AT_TIMESTAMP", "LATEST", "TRIM_HORIZON"])),
  StartingPositionTimestamp: v.optional(v.number()),
  Tags: v.optional(v.unknown()),
});

/** Whether CreateEventSourceMapping names a stream, and no queue. */
export function namesStream({ body }: Call): boolean {
  const [, arn = ""] = /"EventSourceArn"\s*:\s*"([^"]*)"/.exec(body.toString("utf8")) ?? [];
  return ["dynamodb", "kinesis"].includes(parseArn(arn)?.service ?? "");
}

/**
 * Reads what CreateEventSourceMapping says of a queue.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function queueMappingDefinition(call: Call): MappingDefinition {
  const given = requestBody(queueMapping, call, "CreateEventSourceMapping");
  const pollers = given.ProvisionedPollerConfig;
  return {
    ...settingsOf(given),
    functionArn: given.FunctionName,
    queueArn: given.EventSourceArn,
    ...(pollers && {
      provisionedPollers: { minimum: pollers.MinimumPollers, maximum: pollers.MaximumPollers },
    }),
  };
}

/** Reads what CreateEventSourceMapping says of a stream. */
export function streamMappingDefinition(call: Call, uuid: string): StreamMappingDefinition {
  const given = requestBody(streamMapping, call, "CreateEventSourceMapping");
  return {
    uuid,
    functionArn: given.FunctionName,
    streamArn: given.EventSourceArn,
    start: startOf(given),
    batchSize: given.BatchSize ?? 100,
    windowSeconds: given.MaximumBatchingWindowInSeconds ?? 0,
    reportBatchItemFailures: (given.FunctionResponseTypes ?? []).length > 0,
    bisectOnError: given.BisectBatchOnFunctionError ?? false,
    maximumRetryAttempts: given.MaximumRetryAttempts ?? -1,
    parallelizationFactor: given.ParallelizationFactor ?? 1,
    maximumRecordAgeSeconds: given.MaximumRecordAgeInSeconds ?? -1,
    onFailureArn: given.DestinationConfig?.OnFailure?.Destination,
    filters: (given.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    enabled: given.Enabled ?? true,
  };
}

function startOf(given: v.InferOutput<typeof streamMapping>): StreamStart {
  const { StartingPosition: position, StartingPositionTimestamp: seconds = 0 } = given;
  if (position === "AT_TIMESTAMP") return { position, time: seconds * 1000 };
  if (position !== undefined) return { position };
  throw missingStart();
}

/**
 * Reads what UpdateEventSourceMapping may change.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export function mappingSettings(call: Call): MappingSettings {
  const { FunctionName, ...given } = requestBody(updateInput, call, "UpdateEventSourceMapping");
  return { ...settingsOf(given), functionArn: FunctionName };
}

const streamUpdate = v.strictObject({
  ...settings,
  FunctionName: v.optional(v.string()),
  ...changeableOfStreams,
});

/** Reads what UpdateEventSourceMapping may change of a stream's mapping. */
export function streamMappingSettings(call: Call): Partial<StreamMappingDefinition> {
  const given = requestBody(streamUpdate, call, "UpdateEventSourceMapping");
  const { FunctionResponseTypes: types, FilterCriteria: criteria } = given;
  const changes = {
    functionArn: given.FunctionName,
    batchSize: given.BatchSize,
    windowSeconds: given.MaximumBatchingWindowInSeconds,
    reportBatchItemFailures: types && types.length > 0,
    bisectOnError: given.BisectBatchOnFunctionError,
    maximumRetryAttempts: given.MaximumRetryAttempts,
    parallelizationFactor: given.ParallelizationFactor,
    maximumRecordAgeSeconds: given.MaximumRecordAgeInSeconds,
    onFailureArn: given.DestinationConfig?.OnFailure?.Destination,
    filters: criteria?.Filters.map(({ Pattern }) => Pattern),
    enabled: given.Enabled,
  };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function settingsOf({
  FunctionResponseTypes: types,
  FilterCriteria: criteria,
  ...given
}: v.InferOutput<typeof update>): MappingSettings {
  return {
    enabled: given.Enabled,
    batchSize: given.BatchSize,
    windowSeconds: given.MaximumBatchingWindowInSeconds,
    reportBatchItemFailures: types && types.length > 0,
    maximumConcurrency: given.ScalingConfig?.MaximumConcurrency,
    filters: criteria?.Filters.map(({ Pattern }) => Pattern),
  };
}
