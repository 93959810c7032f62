import { parseArn } from "../../../../aws/arn.ts";
import { formatArn } from "../../../arn.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { ReadableStreams } from "../../kinesis/interface.ts";
import { type DestinationServices, sendToDestination } from "../asynchronous/destinations.ts";
import { compileFilters } from "../eventSourceMappings/filter.ts";
import type { Functions } from "../functions.ts";
import { failureRecord, type GivenUp } from "./failureRecord.ts";
import { ShardReader } from "./shardReader.ts";
import { streamEvent } from "./streamEvent.ts";
import {
  checkSettings,
  neededActions,
  type StreamMapping,
  type StreamMappingDefinition,
  type StreamSource,
  sourceOf,
} from "./streamMapping.ts";

export type StreamMappingsOptions = {
  readonly clock: Clock;
  readonly region: string;
  readonly trace: Trace;
  readonly authorize: Authorize;
  readonly streams: Readonly<Partial<Record<StreamSource, ReadableStreams>>>;
  readonly functions: Functions;
  readonly queues: DestinationServices["queues"];
  readonly topics: DestinationServices["topics"];
};

type Running = {
  readonly mapping: StreamMapping;
  readonly readers: readonly ShardReader[];
  /** Where it went on by shard when it was started; empty for a new mapping. */
  readonly positions: ReadonlyMap<string, string>;
  readonly unwatch: () => void;
};

/** Lambda's event source mappings of streams: each shard is read in order, and shards side by side. */
export class StreamMappings {
  readonly #options: StreamMappingsOptions;
  readonly #running = new Map<string, Running>();

  constructor(options: StreamMappingsOptions) {
    this.#options = options;
  }

  /** @throws AwsError InvalidParameterValueException, ResourceNotFoundException */
  create(definition: StreamMappingDefinition): StreamMapping {
    const { clock, region } = this.#options;
    this.#validate(definition);
    this.#refuseDuplicate(definition);
    const arn = formatArn("lambda", region, `event-source-mapping:${definition.uuid}`);
    const mapping = { ...definition, arn, lastModified: clock.now() };
    this.#running.set(mapping.uuid, this.#start(mapping));
    return mapping;
  }

  find(uuid: string): StreamMapping | undefined {
    return this.#running.get(uuid)?.mapping;
  }

  list(): StreamMapping[] {
    return [...this.#running.values()].map(({ mapping }) => mapping);
  }

  /**
   * Changes a mapping, which goes on where it was; a batch at work is delivered again by the new settings.
   *
   * @throws AwsError InvalidParameterValueException, ResourceNotFoundException
   */
  update(uuid: string, changes: Partial<StreamMappingDefinition>): StreamMapping {
    const running = this.#running.get(uuid);
    if (running === undefined) throw new Error(`there is no mapping ${uuid}`);
    const mapping = { ...running.mapping, ...changes, lastModified: this.#options.clock.now() };
    this.#validate(mapping);
    this.#refuseDuplicate(mapping);
    this.delete(uuid);
    const reached = running.readers.map(({ shardId, position }) => [shardId, position] as const);
    this.#running.set(uuid, this.#start(mapping, new Map([...running.positions, ...reached])));
    return mapping;
  }

  delete(uuid: string): void {
    const running = this.#running.get(uuid);
    running?.unwatch();
    for (const reader of running?.readers ?? []) reader.stop();
    this.#running.delete(uuid);
  }

  /** Stops everything. To be called before functions are closed. */
  close(): void {
    for (const uuid of [...this.#running.keys()]) this.delete(uuid);
  }

  #streamsOf(streamArn: string): ReadableStreams {
    const source = sourceOf(streamArn);
    const streams = this.#options.streams[source];
    if (streams === undefined) throw new Error(`there are no streams of ${source}`);
    return streams;
  }

  #validate(definition: StreamMappingDefinition): void {
    checkSettings(definition);
    const { streamArn, functionArn, filters, start } = definition;
    const { functions, authorize } = this.#options;
    const source = sourceOf(streamArn);
    const stream = this.#streamsOf(streamArn).find(streamArn);
    if (stream === undefined) {
      throw new AwsError("InvalidParameterValueException", `Stream not found: ${streamArn}`);
    }
    const { roleArn } = functions.get(functionArn).version;
    compileFilters(filters, source);
    if (source === "dynamodb" && start.position === "AT_TIMESTAMP") {
      throw new AwsError(
        "InvalidParameterValueException",
        "Unsupported starting position for event source: AT_TIMESTAMP is of Kinesis only.",
      );
    }
    for (const action of neededActions[source]) {
      const decision = authorize({
        principal: { kind: "role", arn: roleArn },
        action: `${source}:${action}`,
        resource: stream.arn,
        context: overTls,
      });
      if (decision.allowed) continue;
      throw new AwsError(
        "InvalidParameterValueException",
        `Cannot access stream ${stream.arn}. Please ensure the role can perform the ${neededActions[source].join(", ")} Actions on your stream in IAM. (${decision.reason})`,
      );
    }
  }

  #refuseDuplicate({ uuid, streamArn, functionArn }: StreamMappingDefinition): void {
    const other = this.list().find(
      (each) =>
        each.uuid !== uuid && each.streamArn === streamArn && each.functionArn === functionArn,
    );
    if (other === undefined) return;
    const { name } = this.#options.functions.get(functionArn);
    throw new AwsError(
      "ResourceConflictException",
      `The event source arn (" ${streamArn} ") and function (" ${name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${other.uuid}`,
      { status: 409 },
    );
  }

  #start(mapping: StreamMapping, positions: ReadonlyMap<string, string> = new Map()): Running {
    const { functions } = this.#options;
    const streams = this.#streamsOf(mapping.streamArn);
    const stream = streams.get(mapping.streamArn);
    if (!mapping.enabled) return { mapping, readers: [], positions, unwatch: () => {} };
    const readers = stream.shards.map(
      ({ id }) =>
        new ShardReader({
          ...this.#options,
          mapping,
          isPaused: () => functions.isHeld(mapping.functionArn),
          shardId: id,
          after: positions.get(id) ?? this.#startOf(mapping, id),
          read: (after, most) =>
            streams.find(stream.arn) ? streams.read(stream.arn, id, after, most) : [],
          roleArn: () => functions.get(mapping.functionArn).version.roleArn,
          giveUp: (batch) => this.#giveUp(mapping, batch),
        }),
    );
    const pollAll = () => {
      for (const reader of readers) reader.poll();
    };
    const unwatchers = [streams.watch(stream.arn, pollAll), functions.faults.onChange(pollAll)];
    pollAll();
    const unwatch = () => {
      for (const each of unwatchers) each();
    };
    return { mapping, readers, positions, unwatch };
  }

  #startOf({ start, streamArn }: StreamMapping, shardId: string): string {
    const streams = this.#streamsOf(streamArn);
    switch (start.position) {
      case "LATEST":
        return streams.latest();
      case "TRIM_HORIZON":
        return "";
      case "AT_TIMESTAMP":
        return streams.before(streamArn, shardId, start.time);
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
  #giveUp(mapping: StreamMapping, batch: GivenUp): void {
    const { trace, clock } = this.#options;
    const { streamArn, functionArn, onFailureArn } = mapping;
    const { records, failure, attempts } = batch;
    const reason = `given up after ${attempts} attempts: ${failure}`;
    const step = ((): Step => {
      if (onFailureArn === undefined) return { kind: "dropped", reason };
      const record = failureRecord(mapping, batch, clock.now());
      const refusal = this.#refusalOf(mapping, onFailureArn, record, records);
      if (refusal === undefined) return { kind: "deadLettered", messageId: "", reason };
      const kind = refusal.status === 403 ? "denied" : "dropped";
      return { kind, reason: `${reason}; ${onFailureArn} did not take it: ${refusal.message}` };
    })();
    for (const { sequenceNumber } of records) {
      const own = step.kind === "deadLettered" ? { ...step, messageId: sequenceNumber } : step;
      trace.record(sequenceNumber, streamArn, onFailureArn ?? functionArn, own);
    }
  }

  /** Sends a record of failures; a destination that is gone, or refuses it, costs the record, as on AWS. */
  #refusalOf(
    { uuid, functionArn, streamArn }: StreamMapping,
    onFailureArn: string,
    record: object,
    records: GivenUp["records"],
  ): AwsError | undefined {
    const { functions } = this.#options;
    try {
      const { roleArn } = functions.get(functionArn).version;
      const [{ sequenceNumber, shardId }] = records;
      if (parseArn(onFailureArn)?.service === "s3") {
        // Only buckets get the batch itself.
        const payload = streamEvent(records, streamArn, roleArn);
        const body = JSON.stringify({ ...record, payload });
        functions.storeRecord(onFailureArn, { folder: `${uuid}/${shardId}`, body, roleArn });
        return undefined;
      }
      const body = JSON.stringify(record);
      const origin = { event: sequenceNumber, from: functionArn };
      const invokeAsync = functions.invokeAsync.bind(functions);
      sendToDestination({ ...this.#options, invokeAsync }, onFailureArn, { body, roleArn, origin });
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return error;
      throw error;
    }
  }
}
