import type { AwsError } from "../../protocol/awsError.ts";
import { transaction } from "../../storage/store.ts";
import { type Permission, withoutPermission, withPermission } from "./definition/accessPolicy.ts";
import type { QueueAttributes } from "./definition/attributes.ts";
import { assemble, type Engine, type QueuesOptions } from "./engine.ts";
import { overLimit } from "./errors.ts";
import type { PeekedMessage, QueueCounts } from "./inspection.ts";
import type { NewMessage, ReceivedMessage, SentMessage } from "./interface.ts";
import type { MoveTaskRequest } from "./moving/moveTasks.ts";
import type { MoveTask } from "./moving/moveTaskTable.ts";
import type { Definition, Queue } from "./queue.ts";
import { longPoll } from "./receiving/longPoll.ts";
import type { ReceiveOptions } from "./receiving/receiving.ts";

export type LongPollOptions = ReceiveOptions & {
  /** 0 to 20. @default the queue's ReceiveMessageWaitTimeSeconds */
  readonly waitSeconds?: number;
  /** A signal that ends the wait with nothing; asked for only by a call that waits. @default none */
  readonly hungUp?: () => AbortSignal;
  /** Called when the wait begins; what it returns, when it ends. @default ignored */
  readonly onWait?: () => () => void;
};

/**
 * SQS: the queues of the local cloud. Permissions are not checked here: callers that act
 * on behalf of a principal check them. Every error is an `AwsError` with AWS's code and message.
 */
export class Queues {
  readonly #engine: Engine;
  readonly #closing = new AbortController();
  readonly #deleteListeners = new Set<(queueArn: string) => void>();

  constructor(options: QueuesOptions) {
    this.#engine = assemble(options);
  }

  /** Creates a queue, or returns the one of that name if its attributes are equal. */
  create(
    name: string,
    attributes: QueueAttributes = {},
    tags: Readonly<Record<string, string>> = {},
  ): Queue {
    return this.#engine.administration.create(name, attributes, tags);
  }

  /** Creates a queue, or updates the one of that name to exactly these attributes and tags; its messages stay. */
  define(name: string, attributes: QueueAttributes, tags: Readonly<Record<string, string>>): Queue {
    const before = this.#engine.definitions.find(this.#engine.definitions.arnOf(name));
    const after = this.#engine.administration.define(name, attributes, tags);
    if (before !== undefined) this.#redelay(before, after);
    return after;
  }

  delete(arn: string): void {
    const { store, clock, definitions, moveTasks, watchers } = this.#engine;
    const queue = this.#queue(arn);
    transaction(store, () => {
      this.#empty(queue.id);
      moveTasks.removeAll(arn);
      definitions.remove(queue, clock.now());
    });
    watchers.queueDeleted(queue.id);
  }

  /** @throws QueueDoesNotExist */
  get(arn: string): Queue {
    return this.#queue(arn);
  }

  find(arn: string): Queue | undefined {
    return this.#engine.definitions.find(arn);
  }

  /** All queues, by name. */
  list(): readonly Queue[] {
    return this.#engine.definitions.list();
  }

  /** The queues that send their dead letters to this one. */
  deadLetterSources(arn: string): readonly Queue[] {
    return this.#engine.definitions.sourcesOf(this.#queue(arn).arn);
  }

  setAttributes(arn: string, attributes: QueueAttributes): void {
    const before = this.#queue(arn);
    this.#redelay(before, this.#engine.administration.setAttributes(before, attributes));
  }

  /** Attributes by name; `All` for all. */
  attributes(arn: string, names: readonly string[]): QueueAttributes {
    return this.#engine.administration.attributes(this.#queue(arn), names);
  }

  /** The queue's access policy as JSON. */
  policy(arn: string): string | undefined {
    return this.#queue(arn).attributes.Policy;
  }

  addPermission(arn: string, permission: Permission): void {
    this.setAttributes(arn, { Policy: withPermission(this.policy(arn), arn, permission) });
  }

  removePermission(arn: string, label: string): void {
    this.setAttributes(arn, { Policy: withoutPermission(this.policy(arn), label) ?? "" });
  }

  tag(arn: string, tags: Readonly<Record<string, string>>): void {
    this.#engine.administration.tag(this.#queue(arn), tags);
  }

  untag(arn: string, keys: readonly string[]): void {
    this.#engine.administration.untag(this.#queue(arn), keys);
  }

  send(arn: string, message: NewMessage): SentMessage {
    return this.#engine.sending.send(this.#queue(arn), message);
  }

  /** Sends each message separately; the result has an error in place of each rejected message. */
  sendBatch(arn: string, messages: readonly NewMessage[]): (SentMessage | AwsError)[] {
    return this.#engine.sending.sendBatch(this.#queue(arn), messages);
  }

  /** Receives without waiting. */
  receiveNow(arn: string, options: ReceiveOptions): ReceivedMessage[] {
    return this.#engine.receiving.receive(this.#queue(arn), options);
  }

  /**
   * Waits for messages where there are none.
   *
   * @throws OverLimit if 120,000 messages of a standard queue are in flight and the call does not wait
   */
  async receive(arn: string, options: LongPollOptions): Promise<ReceivedMessage[]> {
    const queue = this.#queue(arn);
    const received = this.receiveNow(arn, options);
    const waitSeconds = options.waitSeconds ?? queue.settings.waitSeconds;
    if (received.length > 0) return received;
    if (waitSeconds === 0) {
      if (!queue.fifo && this.#engine.inFlightLimit.room(queue) === 0) throw tooManyInFlight();
      return received;
    }
    const signals = [this.#closing.signal, ...(options.hungUp ? [options.hungUp()] : [])];
    const wait = { milliseconds: waitSeconds * 1000, signal: AbortSignal.any(signals) };
    const watch = (listener: () => void) => this.#engine.watchers.watch(queue.id, listener);
    const goOn = options.onWait?.();
    try {
      return await longPoll(this.#engine.clock, wait, watch, () => this.receiveNow(arn, options));
    } finally {
      goOn?.();
    }
  }

  deleteMessage(arn: string, receiptHandle: string): void {
    this.#engine.receipts.delete(this.#queue(arn), receiptHandle);
    for (const listener of this.#deleteListeners) listener(arn);
  }

  /** Calls `listener` for every message that a receiver deletes. */
  onDelete(listener: (queueArn: string) => void): void {
    this.#deleteListeners.add(listener);
  }

  /** Does several of these in one transaction, which costs a fraction of as many transactions. */
  atOnce<T>(work: () => T): T {
    return transaction(this.#engine.store, work);
  }

  /** @param seconds from now; 0 to 43,200 */
  changeVisibility(arn: string, receiptHandle: string, seconds: number): void {
    this.#engine.receipts.changeVisibility(this.#queue(arn), receiptHandle, seconds);
  }

  /** Deletes a message by its id, received or not, which SQS cannot do. Returns whether it existed. */
  discard(arn: string, messageId: string): boolean {
    const { messages, watchers } = this.#engine;
    const queue = this.#queue(arn);
    const message = messages.withId(queue.id, messageId);
    if (message === undefined) return false;
    messages.remove(queue.id, queue.fifo, message);
    watchers.changed(queue.id);
    return true;
  }

  /** Deletes all messages and the deduplication ids. */
  purge(arn: string): void {
    const queue = this.#queue(arn);
    transaction(this.#engine.store, () => {
      this.#engine.administration.beginPurge(queue);
      this.#empty(queue.id);
    });
  }

  /**
   * Calls `listener`, in a turn of its own, when messages may have become receivable: sent, moved, no
   * longer delayed or in flight, or their group free. What is receivable at the start counts. It may
   * be called once too often, never too seldom: receive until the queue returns nothing.
   */
  watch(arn: string, listener: () => void): () => void {
    return this.#engine.watchers.watch(this.#queue(arn).id, listener);
  }

  counts(arn: string): QueueCounts {
    return this.#engine.inspection.counts(this.#queue(arn));
  }

  /** The oldest messages, unchanged. */
  peek(arn: string, limit: number): PeekedMessage[] {
    return this.#engine.inspection.peek(this.#queue(arn), limit);
  }

  startMoveTask(request: MoveTaskRequest): { taskHandle: string } {
    return this.#engine.moveTasks.start(request);
  }

  /** The latest tasks of a dead-letter queue, latest first. */
  listMoveTasks(sourceArn: string, limit: number): MoveTask[] {
    return this.#engine.moveTasks.list(sourceArn, limit);
  }

  cancelMoveTask(taskHandle: string): { moved: number } {
    return this.#engine.moveTasks.cancel(taskHandle);
  }

  /** Ends every wait and leaves nothing scheduled; what is in the store stays. */
  close(): void {
    this.#closing.abort();
    this.#engine.watchers.close();
    this.#engine.moveTasks.close();
  }

  #queue(arn: string): Definition {
    return this.#engine.definitions.get(arn);
  }

  /** A new delay of a FIFO queue holds for the messages that wait in it, too. */
  #redelay(before: Definition, after: Definition): void {
    const { delaySeconds } = after.settings;
    if (!after.fifo || delaySeconds === before.settings.delaySeconds) return;
    this.#engine.messages.redelay(after.id, delaySeconds * 1000);
    this.#engine.watchers.changed(after.id);
  }

  #empty(queue: number): void {
    this.#engine.messages.removeAll(queue);
    this.#engine.deduplication.removeAll(queue);
    this.#engine.fairness.forget(queue);
  }
}

function tooManyInFlight(): AwsError {
  return overLimit(
    "The number of messages in flight has reached the limit of 120000: delete those that are dealt with.",
  );
}
