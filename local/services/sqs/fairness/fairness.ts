import type { DatabaseSync } from "node:sqlite";
import { type MessageState, type Position, type StoredMessage, start } from "../messageTable.ts";
import type { Definition } from "../queue.ts";
import { GroupTable } from "./groupTable.ts";
import { type GroupLoad, noisyGroups } from "./noisyGroups.ts";
import { ProcessingTimes } from "./processingTimes.ts";

/** A group that sends nothing for five minutes is no longer noisy. */
const quietAfterMilliseconds = 5 * 60_000;

export type FairnessCounts = {
  readonly noisyGroups: number;
  /** The messages outside of noisy groups. */
  readonly quiet: {
    readonly visible: number;
    readonly inFlight: number;
    readonly delayed: number;
    /** Absent when there is no message. */
    readonly oldestAgeSeconds?: number;
  };
};

/**
 * Fair queues: in a standard queue whose messages have groups, no group delays the messages of the others. SQS
 * turns it on by itself where senders set a MessageGroupId. Messages without one are each a group of their own.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 */
export class Fairness {
  readonly #groups: GroupTable;
  readonly #times = new ProcessingTimes();

  constructor(store: DatabaseSync) {
    this.#groups = new GroupTable(store);
  }

  /** The noisy groups of a queue that have a backlog, by name, with their messages in flight. */
  noisyGroups(queue: Definition, now: number): ReadonlyMap<string, number> {
    if (queue.fifo || !this.#groups.hasGroups(queue.id)) return new Map();
    const { loads, total } = this.#loads(queue, now);
    const noisy = noisyGroups(loads, total).filter(({ group }) => this.#presses(queue, group, now));
    return new Map(noisy.map(({ group, inFlight }) => [group, inFlight]));
  }

  /** Receivable messages outside of the noisy groups, those longest visible first. */
  readyOfQuiet(
    noisy: ReadonlyMap<string, number>,
    queue: Definition,
    now: number,
  ): (after: Position, limit: number) => StoredMessage[] {
    const names = [...noisy.keys()];
    return (after, limit) => this.#groups.readyOutside(names, queue.id, now, after, limit);
  }

  /** Selects messages of noisy groups, each time of the group that has the fewest in flight. */
  pickNoisy(
    noisy: ReadonlyMap<string, number>,
    queue: Definition,
    wanted: number,
    now: number,
    take: (message: StoredMessage) => boolean,
  ): StoredMessage[] {
    const inFlight = new Map(noisy);
    const after = new Map<string, Position>();
    const picked: StoredMessage[] = [];
    while (picked.length < wanted) {
      const group = leastInFlight(inFlight);
      if (group === undefined) break;
      const position = after.get(group) ?? start;
      const message = this.#groups.readyIn(group, queue.id, now, position);
      if (message === undefined) {
        inFlight.delete(group);
        continue;
      }
      after.set(group, message);
      if (!take(message)) continue;
      picked.push(message);
      inFlight.set(group, (inFlight.get(group) ?? 0) + 1);
    }
    return picked;
  }

  /** To be called when a received message of a standard queue is deleted, or is received again. */
  processed(queue: Definition, message: MessageState, endedAt: number): void {
    const { receivedAt, groupId } = message;
    if (queue.fifo || receivedAt === null) return;
    this.#times.add(queue.id, groupId ?? "", receivedAt, endedAt);
  }

  /** To be called when a queue is purged or deleted. */
  forget(queue: number): void {
    this.#times.forget(queue);
  }

  /** Undefined for a queue without groups. */
  counts(queue: Definition, now: number): FairnessCounts | undefined {
    if (queue.fifo || !this.#groups.hasGroups(queue.id)) return undefined;
    const noisy = this.noisyGroups(queue, now);
    const { oldest, ...quiet } = this.#groups.quiet([...noisy.keys()], queue.id, now);
    const age = oldest === null ? {} : { oldestAgeSeconds: Math.floor((now - oldest) / 1000) };
    return { noisyGroups: noisy.size, quiet: { ...quiet, ...age } };
  }

  #loads(queue: Definition, now: number) {
    const times = this.#times.recent(queue.id, now);
    const counts = new Map<string, number>();
    for (const { group, count, time } of this.#groups.inFlight(queue.id, now)) {
      counts.set(group, count);
      times.set(group, (times.get(group) ?? 0) + time);
    }
    const named = new Set([...counts.keys(), ...times.keys()].filter((group) => group !== ""));
    const loads = [...named].map((group): GroupLoad => {
      return { group, inFlight: counts.get(group) ?? 0, processing: times.get(group) ?? 0 };
    });
    return { loads, total: { inFlight: sum(counts), processing: sum(times) } };
  }

  /** Whether messages of the group wait, and it has sent some recently. */
  #presses(queue: Definition, group: string, now: number): boolean {
    const lastSent = this.#groups.lastSent(queue.id, group);
    if (lastSent === undefined || lastSent <= now - quietAfterMilliseconds) return false;
    return this.#groups.readyIn(group, queue.id, now, start) !== undefined;
  }
}

function leastInFlight(groups: ReadonlyMap<string, number>): string | undefined {
  let least: string | undefined;
  for (const [group, inFlight] of groups) {
    if (least === undefined || inFlight < (groups.get(least) ?? 0)) least = group;
  }
  return least;
}

function sum(numbers: ReadonlyMap<string, number>): number {
  return [...numbers.values()].reduce((total, each) => total + each, 0);
}
