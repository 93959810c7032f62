import type { Cancel, Clock } from "../../time/clock.ts";
import type { MessageTable } from "./messageTable.ts";

type Watched = {
  readonly listeners: Set<() => void>;
  /** Set while the listeners are about to be called. */
  due: boolean;
  alarm: { readonly time: number; readonly cancel: Cancel } | undefined;
};

/** Notifies listeners when messages of a queue may have become receivable. Without listeners it sets no timers. */
export class Watchers {
  readonly #clock: Clock;
  readonly #messages: MessageTable;
  readonly #queues = new Map<number, Watched>();

  constructor(clock: Clock, messages: MessageTable) {
    this.#clock = clock;
    this.#messages = messages;
  }

  /**
   * Calls `listener` in a turn of its own, at once if there is something to receive, and then each
   * time there may be more than the last call could find, until the function it returns is called.
   */
  watch(queue: number, listener: () => void): () => void {
    const watched = this.#queues.get(queue) ?? {
      listeners: new Set(),
      due: false,
      alarm: undefined,
    };
    this.#queues.set(queue, watched);
    watched.listeners.add(listener);
    this.#look(queue, watched);
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size > 0 || this.#queues.get(queue) !== watched) return;
      watched.alarm?.cancel();
      this.#queues.delete(queue);
    };
  }

  /** To be called when a message of the queue becomes receivable at `time`. */
  receivableAt(queue: number, time: number): void {
    const watched = this.#queues.get(queue);
    if (watched === undefined) return;
    if (time <= this.#clock.now()) this.#call(watched);
    else this.#wakeAt(queue, watched, time);
  }

  /** To be called when anything may have changed. */
  changed(queue: number): void {
    const watched = this.#queues.get(queue);
    if (watched !== undefined) this.#look(queue, watched);
  }

  /** To be called when the queue is deleted, so that waiting receivers notice. */
  queueDeleted(queue: number): void {
    const watched = this.#queues.get(queue);
    if (watched === undefined) return;
    watched.alarm?.cancel();
    this.#call(watched);
  }

  /** Forgets all alarms. */
  close(): void {
    for (const { alarm } of this.#queues.values()) alarm?.cancel();
    this.#queues.clear();
  }

  #look(queue: number, watched: Watched): void {
    const now = this.#clock.now();
    if (this.#messages.hasReady(queue, now)) this.#call(watched);
    const next = this.#messages.nextVisible(queue, now);
    if (next !== undefined) this.#wakeAt(queue, watched, next);
  }

  #wakeAt(queue: number, watched: Watched, time: number): void {
    if (watched.alarm !== undefined && watched.alarm.time <= time) return;
    watched.alarm?.cancel();
    const cancel = this.#clock.at(time, () => {
      watched.alarm = undefined;
      this.#look(queue, watched);
    });
    watched.alarm = { time, cancel };
  }

  /** Only once the work in hand is done: a listener may receive, and must find it committed. */
  #call(watched: Watched): void {
    if (watched.due) return;
    watched.due = true;
    queueMicrotask(() => {
      watched.due = false;
      for (const listener of [...watched.listeners]) listener();
    });
  }
}
