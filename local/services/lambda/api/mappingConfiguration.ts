import type { EventSourceMapping } from "../eventSourceMappings/eventSourceMapping.ts";
import type { StreamMapping } from "../streamMappings/streamMapping.ts";

/**
 * A mapping of a queue as Lambda shows it.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export function queueMappingConfiguration(mapping: EventSourceMapping, state: string): object {
  const { maximumConcurrency, provisionedPollers, filters, problem } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowSeconds,
    FunctionResponseTypes: responseTypes(mapping),
    ...filterCriteria(filters),
    ...(maximumConcurrency === undefined
      ? {}
      : { ScalingConfig: { MaximumConcurrency: maximumConcurrency } }),
    ...(provisionedPollers === undefined
      ? {}
      : {
          ProvisionedPollerConfig: {
            MinimumPollers: provisionedPollers.minimum,
            MaximumPollers: provisionedPollers.maximum,
          },
        }),
    LastModified: mapping.lastModified / 1000,
    ...(problem === undefined ? {} : { LastProcessingResult: `PROBLEM: ${problem}` }),
    State: state,
    StateTransitionReason: "USER_INITIATED",
  };
}

/** A mapping of a stream as Lambda shows it. */
export function streamMappingConfiguration(mapping: StreamMapping): object {
  const { start, onFailureArn } = mapping;
  return {
    UUID: mapping.uuid,
    EventSourceMappingArn: mapping.arn,
    EventSourceArn: mapping.streamArn,
    FunctionArn: mapping.functionArn,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.windowSeconds,
    FunctionResponseTypes: responseTypes(mapping),
    ...filterCriteria(mapping.filters),
    StartingPosition: start.position,
    ...(start.position === "AT_TIMESTAMP" && { StartingPositionTimestamp: start.time / 1000 }),
    ParallelizationFactor: mapping.parallelizationFactor ?? 1,
    BisectBatchOnFunctionError: mapping.bisectOnError,
    MaximumRetryAttempts: mapping.maximumRetryAttempts,
    MaximumRecordAgeInSeconds: mapping.maximumRecordAgeSeconds,
    DestinationConfig: { OnFailure: onFailureArn ? { Destination: onFailureArn } : {} },
    TumblingWindowInSeconds: 0,
    LastModified: mapping.lastModified / 1000,
    LastProcessingResult: "No records processed",
    State: mapping.enabled ? "Enabled" : "Disabled",
    StateTransitionReason: "User action",
  };
}

function responseTypes({ reportBatchItemFailures }: { reportBatchItemFailures: boolean }) {
  return reportBatchItemFailures ? ["ReportBatchItemFailures"] : [];
}

function filterCriteria(filters: readonly string[]): object {
  if (filters.length === 0) return {};
  return { FilterCriteria: { Filters: filters.map((Pattern) => ({ Pattern })) } };
}
