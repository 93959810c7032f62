import { randomUUID } from "node:crypto";
import type { Clock } from "../../../time/clock.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Definitions } from "../definition/definitions.ts";
import type { MessageTable, StoredMessage } from "../messageTable.ts";
import { pick } from "../picking.ts";
import type { Definition } from "../queue.ts";
import type { Watchers } from "../watchers.ts";

type Parts = {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly definitions: Definitions;
  readonly messages: MessageTable;
  readonly watchers: Watchers;
};

export type Moved = {
  readonly moved: number;
  /** Why it had to stop, in AWS's words. */
  readonly failure?: string;
};

/** Moves visible messages out of a dead-letter queue. A moved message is a new one, with another id. */
export class Mover {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param destinationArn when absent, each message goes back to the queue it came from */
  move(source: Definition, destinationArn: string | undefined, wanted: number): Moved {
    const { messages, clock, definitions } = this.#parts;
    let moved = 0;
    for (const message of pick(messages, source, wanted, clock.now())) {
      const arn = destinationArn ?? message.sourceArn;
      if (arn === null) return { moved, failure: "CouldNotDetermineMessageSource" };
      const destination = definitions.find(arn);
      if (destination === undefined) {
        return { moved, failure: "AWS.SimpleQueueService.NonExistentQueue" };
      }
      this.#moveOne(source, message, destination);
      moved += 1;
    }
    return { moved };
  }

  #moveOne(source: Definition, message: StoredMessage, destination: Definition): void {
    const { messages, clock, trace, watchers } = this.#parts;
    const messageId = randomUUID();
    const sentAt = clock.now();
    const { delaySeconds } = destination.settings;
    const visibleAt = sentAt + delaySeconds * 1000;
    messages.remove(source.id, source.fifo, message);
    messages.insert(destination.id, destination.fifo, {
      ...message,
      messageId,
      sentAt,
      visibleAt,
      sourceArn: null,
      receiveCount: 0,
      firstReceivedAt: null,
    });
    const step = { kind: "queued", messageId, delaySeconds } as const;
    trace.record(message.event, source.arn, destination.arn, step);
    watchers.receivableAt(destination.id, visibleAt);
  }
}
