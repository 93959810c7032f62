import { randomUUID } from "node:crypto";
import { parseArn } from "../../../../aws/arn.ts";
import type { Cloud } from "../../../cloud.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import { oneOf, range } from "../../../provider/declaration/checks.ts";
import {
  flag,
  list,
  listed,
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { MappingSettings } from "../eventSourceMappings/eventSourceMapping.ts";
import {
  missingStart,
  type StreamMapping,
  type StreamMappingDefinition,
  type StreamStart,
} from "../streamMappings/streamMapping.ts";

const inputs = {
  bisectBatchOnFunctionError: flag(),
  batchSize: number({ computed: true, check: range(1, 10_000) }),
  destinationConfig: object(
    { onFailure: object({ destinationArn: text(required) }) },
    { computed: true },
  ),
  enabled: flag({ default: true }),
  eventSourceArn: text(requiredReplaces),
  filterCriteria: object({ filters: list(object({ pattern: text() })) }),
  functionName: text(required),
  functionResponseTypes: list(text({ check: oneOf("ReportBatchItemFailures") })),
  maximumRecordAgeInSeconds: number({ computed: true, check: range(-1, 604_800) }),
  maximumRetryAttempts: number({ computed: true, check: range(-1, 10_000) }),
  parallelizationFactor: listed(
    number({ computed: true, check: range(1, 10) }),
    "a shard is read by one invocation at a time",
  ),
  startingPosition: text({
    replaces: true,
    check: oneOf("AT_TIMESTAMP", "LATEST", "TRIM_HORIZON"),
  }),
  startingPositionTimestamp: text(replaces),
  maximumBatchingWindowInSeconds: number({ computed: true, check: range(0, 300) }),
  provisionedPollerConfig: object({
    maximumPollers: number({ computed: true, check: range(1, 10_000) }),
    minimumPollers: number({ computed: true, check: range(1, 200) }),
  }),
  region,
  scalingConfig: object({ maximumConcurrency: number({ check: range(2, 1000) }) }),
  tags,
};

export const eventSourceMapping = resourceType({
  type: "aws:lambda/eventSourceMapping:EventSourceMapping",
  inputs,
  computed: ["arn", "functionArn", "lastModified", "lastProcessingResult", "state", "uuid"],
  changing: ["lastModified", "state"],
  transient: true,
  create: async (cloud, given, making) => {
    const uuid = making.id(randomUUID);
    await make(cloud, uuid, given);
    return uuid;
  },
  update: async (cloud, uuid, given) => {
    if (cloud.streamMappings.find(uuid) !== undefined) {
      const { arn } = cloud.functions.get(given.functionName);
      cloud.streamMappings.update(uuid, streamDefinitionOf(uuid, arn, given));
      return;
    }
    // What the settings leave out goes back to its default, as it would not in an update.
    remove(cloud, uuid);
    await make(cloud, uuid, given);
  },
  delete: remove,
  read: (cloud, uuid) => {
    if (cloud.mappings.find(uuid)) return describe(cloud, uuid);
    const mapping = cloud.streamMappings.find(uuid);
    return mapping && describeStreamMapping(mapping);
  },
});

async function make(cloud: Cloud, uuid: string, given: Values<typeof inputs>): Promise<void> {
  const { arn: functionArn } = cloud.functions.get(given.functionName);
  const service = parseArn(given.eventSourceArn)?.service;
  if (service === "kinesis" || service === "dynamodb") {
    await cloud.tables.streams.open();
    cloud.streamMappings.create(streamDefinitionOf(uuid, functionArn, given));
    return;
  }
  if (given.destinationConfig?.onFailure !== undefined) throw noDestination();
  const queueArn = given.eventSourceArn;
  cloud.mappings.create({ ...settingsOf(given), uuid, queueArn, functionArn });
}

/** What a queue's consumer gives up goes to the queue's own dead-letter queue. */
function noDestination(): AwsError {
  return new AwsError(
    "InvalidParameterValueException",
    "Unsupported DestinationConfig parameter for given event source mapping type.",
  );
}

function remove({ mappings, streamMappings }: Cloud, uuid: string): void {
  if (mappings.find(uuid)) mappings.delete(uuid);
  streamMappings.delete(uuid);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html */
function streamDefinitionOf(
  uuid: string,
  functionArn: string,
  given: Values<typeof inputs>,
): StreamMappingDefinition {
  const { filters = [], batchSize = 100, windowSeconds = 0 } = settingsOf(given);
  return {
    uuid,
    functionArn,
    streamArn: given.eventSourceArn,
    start: startOf(given),
    batchSize,
    windowSeconds,
    reportBatchItemFailures:
      given.functionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
    bisectOnError: given.bisectBatchOnFunctionError ?? false,
    maximumRetryAttempts: given.maximumRetryAttempts ?? -1,
    maximumRecordAgeSeconds: given.maximumRecordAgeInSeconds ?? -1,
    onFailureArn: given.destinationConfig?.onFailure?.destinationArn,
    filters,
    enabled: given.enabled,
  };
}

function startOf(given: Values<typeof inputs>): StreamStart {
  const { startingPosition: position, startingPositionTimestamp: time = "" } = given;
  if (position === "LATEST" || position === "TRIM_HORIZON") return { position };
  if (position === "AT_TIMESTAMP") return { position, time: Date.parse(time) };
  throw missingStart();
}

function describeStreamMapping(found: StreamMapping) {
  return {
    arn: found.arn,
    uuid: found.uuid,
    functionArn: found.functionArn,
    eventSourceArn: found.streamArn,
    batchSize: found.batchSize,
    maximumBatchingWindowInSeconds: found.windowSeconds,
    maximumRetryAttempts: found.maximumRetryAttempts,
    maximumRecordAgeInSeconds: found.maximumRecordAgeSeconds,
    startingPosition: found.start.position,
    enabled: found.enabled,
    state: found.enabled ? "Enabled" : "Disabled",
    lastModified: new Date(found.lastModified).toISOString(),
    lastProcessingResult: "",
  };
}

function settingsOf(given: Values<typeof inputs>): MappingSettings {
  const pollers = given.provisionedPollerConfig;
  const { filterCriteria, functionResponseTypes = [] } = given;
  return {
    batchSize: given.batchSize,
    windowSeconds: given.maximumBatchingWindowInSeconds,
    reportBatchItemFailures: functionResponseTypes.includes("ReportBatchItemFailures"),
    maximumConcurrency: given.scalingConfig?.maximumConcurrency,
    provisionedPollers: pollers && {
      minimum: pollers.minimumPollers,
      maximum: pollers.maximumPollers,
    },
    filters: filterCriteria?.filters?.flatMap(({ pattern }) => pattern ?? []),
    enabled: given.enabled,
  };
}

function describe({ mappings }: Cloud, uuid: string) {
  const found = mappings.get(uuid);
  return {
    arn: found.arn,
    uuid,
    functionArn: found.functionArn,
    eventSourceArn: found.queueArn,
    batchSize: found.batchSize,
    maximumBatchingWindowInSeconds: found.windowSeconds,
    enabled: found.enabled,
    state: found.enabled ? "Enabled" : "Disabled",
    lastModified: new Date(found.lastModified).toISOString(),
    lastProcessingResult: "",
  };
}
