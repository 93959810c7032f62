import { randomUUID } from "node:crypto";
import type { Cloud } from "../../../cloud.ts";
import { oneOf, range } from "../../../provider/declaration/checks.ts";
import {
  flag,
  list,
  number,
  object,
  region,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { resourceType } from "../../../provider/declaration/resourceType.ts";
import type { MappingSettings } from "../eventSourceMappings/eventSourceMapping.ts";

const inputs = {
  batchSize: number({ computed: true, check: range(1, 10_000) }),
  enabled: flag({ default: true }),
  eventSourceArn: text(requiredReplaces),
  filterCriteria: object({ filters: list(object({ pattern: text() })) }),
  functionName: text(required),
  functionResponseTypes: list(text({ check: oneOf("ReportBatchItemFailures") })),
  maximumBatchingWindowInSeconds: number({ computed: true, check: range(0, 300) }),
  provisionedPollerConfig: object({
    maximumPollers: number({ computed: true, check: range(1, 2000) }),
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
  create: (cloud, given, making) =>
    cloud.mappings.create({
      ...settingsOf(given),
      uuid: making.id(randomUUID),
      queueArn: given.eventSourceArn,
      functionArn: cloud.functions.get(given.functionName).arn,
    }).uuid,
  update: (cloud, uuid, given) => {
    const { arn: functionArn } = cloud.functions.get(given.functionName);
    // What the settings leave out goes back to its default, as it would not in an update.
    if (cloud.mappings.find(uuid)) cloud.mappings.delete(uuid);
    const queueArn = given.eventSourceArn;
    cloud.mappings.create({ ...settingsOf(given), uuid, queueArn, functionArn });
  },
  delete: ({ mappings }, uuid) => {
    if (mappings.find(uuid)) mappings.delete(uuid);
  },
  read: (cloud, uuid) => (cloud.mappings.find(uuid) ? describe(cloud, uuid) : undefined),
});

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
