import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { parseArn } from "../../../../aws/arn.ts";
import { transaction } from "../../../storage/store.ts";
import type { Cancel, Clock } from "../../../time/clock.ts";
import type { Definitions } from "../definition/definitions.ts";
import {
  invalidParameterValue,
  invalidValue,
  resourceNotFound,
  unsupportedOperation,
} from "../errors.ts";
import type { Inspection } from "../inspection.ts";
import type { Definition } from "../queue.ts";
import type { Mover } from "./mover.ts";
import { type MoveTask, MoveTaskTable, readTaskHandle, taskHandle } from "./moveTaskTable.ts";

/** The highest rate, and the default. */
const highestRate = 500;

export type MoveTaskRequest = {
  /** A dead-letter queue. */
  readonly sourceArn: string;
  /** @default the queues that the messages came from */
  readonly destinationArn?: string;
  /** 1 to 500. @default 500 */
  readonly maxMessagesPerSecond?: number;
};

type Parts = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly definitions: Definitions;
  readonly mover: Mover;
  readonly inspection: Inspection;
};

/**
 * Moves dead letters back, or on, second by second.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export class MoveTasks {
  readonly #parts: Parts;
  readonly #table: MoveTaskTable;
  readonly #alarms = new Map<string, Cancel>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#table = new MoveTaskTable(parts.store);
    for (const task of this.#table.unfinished()) this.#schedule(task, parts.clock.now());
  }

  start(request: MoveTaskRequest): { taskHandle: string } {
    const { definitions, clock, inspection } = this.#parts;
    const source = this.#queueOf(request.sourceArn, "SourceArn");
    if (definitions.sourcesOf(source.arn).length === 0) {
      throw invalidParameterValue("Source queue must be configured as a Dead Letter Queue.");
    }
    this.#checkDestination(source, request.destinationArn);
    const rate = request.maxMessagesPerSecond ?? highestRate;
    if (!Number.isInteger(rate) || rate < 1 || rate > highestRate) {
      throw invalidValue(
        rate,
        "MaxNumberOfMessagesPerSecond",
        `Must be an integer between 1 and ${highestRate}, if provided.`,
      );
    }
    if (this.#table.unfinished().some(({ sourceArn }) => sourceArn === source.arn)) {
      throw invalidParameterValue(
        "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
      );
    }
    const task: MoveTask = {
      ...request,
      id: randomUUID(),
      status: "RUNNING",
      toMove: inspection.counts(source).visible,
      moved: 0,
      startedAt: clock.now(),
    };
    this.#table.put(task);
    this.#schedule(task, clock.now());
    return { taskHandle: taskHandle(task) };
  }

  /** The latest tasks of a dead-letter queue, latest first. @param limit 1 to 10 */
  list(sourceArn: string, limit: number): MoveTask[] {
    return this.#table.latest(this.#queueOf(sourceArn, "SourceArn").arn, limit);
  }

  cancel(handle: string): { moved: number } {
    const { taskId, sourceArn } = readTaskHandle(handle);
    this.#queueOf(sourceArn, "SourceArn");
    const task = this.#table.find(taskId);
    if (task === undefined) throw resourceNotFound("Task does not exist.");
    if (task.status !== "RUNNING") {
      throw unsupportedOperation(
        `Only a running task can be cancelled; this one is ${task.status}.`,
      );
    }
    this.#table.put({ ...task, status: "CANCELLING" });
    return { moved: task.moved };
  }

  /** Ends and forgets the tasks of a queue that is deleted. */
  removeAll(sourceArn: string): void {
    for (const { id } of this.#table.latest(sourceArn, Number.MAX_SAFE_INTEGER)) this.#stop(id);
    this.#table.removeAll(sourceArn);
  }

  close(): void {
    for (const id of [...this.#alarms.keys()]) this.#stop(id);
  }

  #queueOf(arn: string, parameter: "SourceArn" | "DestinationArn"): Definition {
    if (parseArn(arn) === undefined) {
      throw invalidParameterValue(
        `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
      );
    }
    const queue = this.#parts.definitions.find(arn);
    if (queue !== undefined) return queue;
    throw resourceNotFound(
      `The resource that you specified for the ${parameter} parameter doesn't exist.`,
    );
  }

  #checkDestination(source: Definition, destinationArn: string | undefined): void {
    if (destinationArn === undefined) return;
    const destination = this.#queueOf(destinationArn, "DestinationArn");
    if (destination.fifo !== source.fifo || destination.id === source.id) {
      throw invalidValue(
        destinationArn,
        "DestinationArn",
        "It must be another queue, of the same type as the source.",
      );
    }
  }

  #schedule(task: MoveTask, time: number): void {
    this.#alarms.set(
      task.id,
      this.#parts.clock.at(time, () => this.#step(task.id)),
    );
  }

  #stop(id: string): void {
    this.#alarms.get(id)?.();
    this.#alarms.delete(id);
  }

  /** One second's share. */
  #step(id: string): void {
    this.#alarms.delete(id);
    const { store, clock, definitions, mover } = this.#parts;
    const task = this.#table.find(id);
    const source = task && definitions.find(task.sourceArn);
    if (task === undefined || source === undefined) return;
    if (task.status === "CANCELLING") {
      this.#table.put({ ...task, status: "CANCELLED" });
      return;
    }
    const left = Math.max(0, task.toMove - task.moved);
    const share = Math.min(left, task.maxMessagesPerSecond ?? highestRate);
    const next = transaction(store, (): MoveTask => {
      const { moved, failure } = mover.move(source, task.destinationArn, share);
      const progress = { ...task, moved: task.moved + moved };
      const done = moved < share || progress.moved >= task.toMove;
      const after: MoveTask =
        failure === undefined
          ? { ...progress, status: done ? "COMPLETED" : "RUNNING" }
          : { ...progress, status: "FAILED", failureReason: failure };
      this.#table.put(after);
      return after;
    });
    if (next.status === "RUNNING") this.#schedule(next, clock.now() + 1000);
  }
}
