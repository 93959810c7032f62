import { randomUUID } from "node:crypto";
import { parseArn } from "../../../../aws/arn.ts";
import { mappingLimits } from "../../../../aws/limits.ts";
import { formatArn } from "../../../arn.ts";

/** The settings of an event source mapping. */
export type MappingDefinition = MappingSettings & {
  /** A name or an ARN. */
  readonly functionArn: string;
  readonly queueArn: string;
  /** @default a new one */
  readonly uuid?: string;
};

/** What can be changed afterwards. */
export type MappingSettings = {
  /** A name or an ARN. */
  readonly functionArn?: string | undefined;
  /** How many messages a function gets at most: 1 to 10,000, on a FIFO queue 1 to 10. @default 10 */
  readonly batchSize?: number;
  /** How long messages are gathered for a batch: 0 to 300; not on a FIFO queue. @default 0 */
  readonly windowSeconds?: number;
  /** Whether the function may report which messages of a batch have failed. @default false */
  readonly reportBatchItemFailures?: boolean;
  /** 2 to 1,000 invocations at once. @default as many as Lambda sees fit */
  readonly maximumConcurrency?: number;
  /**
   * 2 to 200 pollers at least, 2 to 10,000 at most; not together with `maximumConcurrency`. A machine
   * with a handful of cores starts fewer, so that locally they change nothing.
   */
  readonly provisionedPollers?: { readonly minimum?: number; readonly maximum?: number };
  /** Patterns, JSON text each, of which a message must match one: those that match none are deleted. */
  readonly filters?: readonly string[];
  /** @default true */
  readonly enabled?: boolean;
};

/** A mapping as it is at one moment. */
export type EventSourceMapping = {
  readonly uuid: string;
  readonly arn: string;
  readonly functionArn: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
  readonly provisionedPollers?: { readonly minimum?: number; readonly maximum?: number };
  readonly filters: readonly string[];
  readonly enabled: boolean;
  /** Cloud time, in milliseconds since 1970. */
  readonly lastModified: number;
  /** Why the queue cannot be read, for example a missing permission. */
  readonly problem?: string;
};

/** @param now cloud time in milliseconds */
export function newMapping(definition: MappingDefinition, now: number): EventSourceMapping {
  const { uuid = randomUUID(), functionArn, queueArn } = definition;
  const region = parseArn(queueArn)?.region ?? "";
  const defaults: EventSourceMapping = {
    uuid,
    arn: formatArn("lambda", region, `event-source-mapping:${uuid}`),
    functionArn,
    queueArn,
    batchSize: mappingLimits.batchSize.default,
    windowSeconds: mappingLimits.windowSeconds.default,
    reportBatchItemFailures: false,
    filters: [],
    enabled: true,
    lastModified: now,
  };
  return changedMapping(defaults, definition, now);
}

/** What the settings leave undefined stays as it is. */
export function changedMapping(
  mapping: EventSourceMapping,
  settings: MappingSettings,
  now: number,
): EventSourceMapping {
  const { maximumConcurrency = mapping.maximumConcurrency } = settings;
  const { provisionedPollers = mapping.provisionedPollers } = settings;
  return {
    ...mapping,
    functionArn: settings.functionArn ?? mapping.functionArn,
    batchSize: settings.batchSize ?? mapping.batchSize,
    windowSeconds: settings.windowSeconds ?? mapping.windowSeconds,
    reportBatchItemFailures: settings.reportBatchItemFailures ?? mapping.reportBatchItemFailures,
    ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
    ...(provisionedPollers === undefined ? {} : { provisionedPollers }),
    filters: settings.filters ?? mapping.filters,
    enabled: settings.enabled ?? mapping.enabled,
    lastModified: now,
  };
}
