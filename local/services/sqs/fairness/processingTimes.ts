/** How long SQS looks back is not documented: as long as a group without new messages stays noisy. */
const recentMilliseconds = 5 * 60_000;

/** Times are kept in sums, so that their number does not grow with that of the messages. */
const intervalMilliseconds = 10_000;

type Interval = { readonly start: number; readonly byGroup: Map<string, number> };

/** How long the messages of each group were in flight, recently. In memory: a restart forgets it. */
export class ProcessingTimes {
  readonly #byQueue = new Map<number, Interval[]>();

  /** Records that a message is no longer in flight. Messages without a group count under the empty one. */
  add(queue: number, group: string, receivedAt: number, endedAt: number): void {
    const { byGroup } = this.#intervalAt(queue, endedAt);
    byGroup.set(group, (byGroup.get(group) ?? 0) + Math.max(0, endedAt - receivedAt));
  }

  /** Milliseconds by group. */
  recent(queue: number, now: number): Map<string, number> {
    const times = new Map<string, number>();
    for (const { start, byGroup } of this.#byQueue.get(queue) ?? []) {
      if (start <= now - recentMilliseconds) continue;
      for (const [group, time] of byGroup) times.set(group, (times.get(group) ?? 0) + time);
    }
    return times;
  }

  forget(queue: number): void {
    this.#byQueue.delete(queue);
  }

  #intervalAt(queue: number, time: number): Interval {
    const start = time - (time % intervalMilliseconds);
    const intervals = this.#byQueue.get(queue) ?? [];
    const found = intervals.find((interval) => interval.start === start);
    if (found !== undefined) return found;
    const interval: Interval = { start, byGroup: new Map() };
    const kept = intervals.filter((each) => each.start > start - recentMilliseconds);
    this.#byQueue.set(queue, [...kept, interval]);
    return interval;
  }
}
