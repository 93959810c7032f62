import { setTimeout as pause } from "node:timers/promises";
import type { Trace } from "../../local/trace/trace.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;
const publisher = "arn:aws:iam::000000000000:root";
const topic = arn("sns", "walkthrough");
const queues = ["QueueA", "QueueB"].map((name) => arn("sqs", `walkthrough-${name}`));
const functionOf = (queue: string) => arn("lambda", `function:${queue.split(":").at(-1)}`);

/** How many hops one event has. */
export const hopsPerEvent = 1 + 4 * queues.length;

/** Milliseconds between two bursts: the page is to see a stream, not one block. */
const burst = 20;

/**
 * Records events that the system `walkthrough` handles; one in fifty fails at one consumer.
 *
 * @param perSecond at most so many
 * @param from number of the first
 */
export async function recordEvents(
  trace: Trace,
  events: number,
  perSecond: number,
  from = 0,
): Promise<void> {
  const start = performance.now();
  for (let number = 0; number < events; ) {
    const due = Math.min(events, Math.ceil(((performance.now() - start) / 1000) * perSecond));
    for (; number < due; number++) recordEvent(trace, from + number);
    await pause(burst);
  }
}

function recordEvent(trace: Trace, number: number): void {
  const event = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const body = JSON.stringify({ orderId: `o-${number}`, text: "x".repeat(100) });
  trace.record(event, publisher, topic, { kind: "published", messageId: event, body });
  for (const queue of queues) {
    const worker = functionOf(queue);
    const message = { messageId: `${event}-${queue.length}` };
    const requestId = `${event}-request`;
    trace.record(event, topic, queue, { kind: "queued", ...message, delaySeconds: 0 });
    trace.record(event, queue, worker, { kind: "received", ...message, receiveCount: 1 });
    trace.record(event, queue, worker, { kind: "invoked", requestId, batchSize: 1 });
    const isFailure = number % 50 === 0 && queue === queues[0];
    trace.record(
      event,
      queue,
      worker,
      isFailure
        ? { kind: "failed", requestId, reason: "the card was declined" }
        : { kind: "handled", requestId, milliseconds: 3 },
    );
  }
}
