import { availableParallelism } from "node:os";
import { parseArn } from "../../../../aws/arn.ts";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { PolledQueues } from "../../sqs/interface.ts";
import { BatchWorker } from "./batchWorker.ts";
import {
  changedMapping,
  type EventSourceMapping,
  type MappingDefinition,
  type MappingSettings,
  newMapping,
} from "./eventSourceMapping.ts";
import { type MappableFunctions, MappedQueue } from "./mappedQueue.ts";
import { Poller } from "./poller.ts";
import { denialReason, neededActions } from "./queueAccess.ts";
import { validateMapping } from "./rules.ts";

export type MappingsOptions = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly queues: PolledQueues;
  readonly functions: MappableFunctions;
  readonly authorize: Authorize;
  /**
   * How many batches of a mapping are worked on at once. Lambda begins with 5 and adds more under
   * load. Here each is a process, and those in excess of the cores would only keep messages hidden
   * while they wait.
   *
   * @default 5, or the number of cores where that is less, but 2 on one core: batches of one queue
   *   overlap on every machine
   */
  readonly concurrency?: number;
};

type Running = { readonly poller: Poller; readonly retired: AbortController };

/** Lambda's event source mappings: they poll queues and invoke functions with batches. */
export class Mappings {
  readonly #options: MappingsOptions;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #running = new Map<string, Running>();
  readonly #closing = new AbortController();

  constructor(options: MappingsOptions) {
    this.#options = options;
    options.functions.faults.onChange(() => this.#followPauses());
  }

  /** @throws AwsError for what CreateEventSourceMapping would refuse */
  create(definition: MappingDefinition): EventSourceMapping {
    const { arn: functionArn } = this.#options.functions.get(definition.functionArn);
    const mapping = newMapping({ ...definition, functionArn }, this.#options.clock.now());
    this.#validate(mapping);
    this.#refuseDuplicate(mapping);
    this.#mappings.set(mapping.uuid, mapping);
    this.#start(mapping);
    return mapping;
  }

  /** Batches at work finish as they began; the next follow the new settings. */
  update(uuid: string, settings: MappingSettings): EventSourceMapping {
    const { clock, functions } = this.#options;
    const { functionArn: named } = settings;
    const functionArn = named === undefined ? undefined : functions.get(named).arn;
    const mapping = changedMapping(this.get(uuid), { ...settings, functionArn }, clock.now());
    this.#validate(mapping);
    this.#refuseDuplicate(mapping);
    this.#stop(uuid);
    this.#mappings.set(uuid, mapping);
    this.#start(mapping);
    return mapping;
  }

  setEnabled(uuid: string, enabled: boolean): EventSourceMapping {
    return this.update(uuid, { enabled });
  }

  delete(uuid: string): EventSourceMapping {
    const mapping = this.get(uuid);
    this.#stop(uuid);
    this.#mappings.delete(uuid);
    return mapping;
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get(uuid: string): EventSourceMapping {
    const mapping = this.#mappings.get(uuid);
    if (mapping) return mapping;
    throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", {
      status: 404,
    });
  }

  find(uuid: string): EventSourceMapping | undefined {
    return this.#mappings.get(uuid);
  }

  list(): readonly EventSourceMapping[] {
    return [...this.#mappings.values()];
  }

  /**
   * Stops everything: nothing is done to any queue from now on. To be called before functions and
   * queues are closed.
   */
  close(): void {
    this.#closing.abort();
    for (const uuid of this.#mappings.keys()) this.#stop(uuid);
  }

  #validate(mapping: EventSourceMapping): void {
    const { queues, functions, authorize } = this.#options;
    const { queueArn, functionArn } = mapping;
    if (parseArn(queueArn)?.service !== "sqs") throw notSupported(`the event source "${queueArn}"`);
    const { roleArn, timeoutSeconds } = functions.get(functionArn).version;
    const queue = existing(() => queues.get(queueArn));
    validateMapping(mapping, queue, timeoutSeconds);
    for (const action of neededActions) {
      const reason = denialReason(authorize, roleArn, queue, action);
      if (reason === undefined) continue;
      throw invalid(
        `The provided execution role does not have permissions to call ${action} on SQS: ${reason}`,
      );
    }
  }

  #refuseDuplicate({ uuid, queueArn, functionArn }: EventSourceMapping): void {
    const other = this.list().find(
      (mapping) =>
        mapping.uuid !== uuid &&
        mapping.queueArn === queueArn &&
        mapping.functionArn === functionArn,
    );
    if (other === undefined) return;
    const { name } = this.#options.functions.get(functionArn);
    throw new AwsError(
      "ResourceConflictException",
      `An event source mapping with SQS arn (" ${queueArn} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${other.uuid}`,
      { status: 409 },
    );
  }

  #followPauses(): void {
    if (this.#closing.signal.aborted) return;
    for (const mapping of this.list()) {
      const isRunning = this.#running.has(mapping.uuid);
      if (isRunning === this.#mayRun(mapping)) continue;
      if (isRunning) this.#stop(mapping.uuid);
      else this.#start(mapping);
    }
  }

  #mayRun({ enabled, functionArn }: EventSourceMapping): boolean {
    return enabled && !this.#options.functions.isHeld(functionArn);
  }

  #start(mapping: EventSourceMapping): void {
    if (!this.#mayRun(mapping)) return;
    const { concurrency = Math.min(5, Math.max(2, availableParallelism())) } = this.#options;
    const queue = new MappedQueue({ ...this.#options, mapping });
    const retired = new AbortController();
    const signals = { retired: retired.signal, closing: this.#closing.signal };
    const worker = new BatchWorker({ ...this.#options, mapping, queue, ...signals });
    const poller = new Poller({
      ...this.#options,
      mapping,
      queue,
      worker,
      concurrency: Math.min(concurrency, mapping.maximumConcurrency ?? concurrency),
      onProblem: (problem) => this.#noteProblem(mapping.uuid, problem),
    });
    this.#running.set(mapping.uuid, { poller, retired });
    poller.start();
  }

  #stop(uuid: string): void {
    const running = this.#running.get(uuid);
    running?.retired.abort();
    running?.poller.stop();
    this.#running.delete(uuid);
  }

  #noteProblem(uuid: string, problem: string | undefined): void {
    const { problem: _, ...mapping } = this.get(uuid);
    this.#mappings.set(uuid, problem === undefined ? mapping : { ...mapping, problem });
  }
}

/** Lambda has its own error for a missing queue. */
function existing<T>(get: () => T): T {
  try {
    return get();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalid(
      `Error occurred while ReceiveMessage. SQS Error Code: ${error.queryCode}. SQS Error Message: ${error.message}`,
    );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message);
}
