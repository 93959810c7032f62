import type { QueuesOptions } from "../../../local/services/sqs/engine.ts";
import type { NewMessage, ReceivedMessage } from "../../../local/services/sqs/interface.ts";
import { Queues } from "../../../local/services/sqs/queues.ts";
import { openStore } from "../../../local/storage/store.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";

/** The caller that the messages of these tests come from. */
export const sender = "arn:aws:iam::000000000000:root";

/** Queues in memory on a clock that stands still. */
export function makeQueues(options: Partial<QueuesOptions> = {}) {
  const clock = new ManualClock();
  const trace = new Trace(clock);
  const queues = new Queues({
    store: openStore(),
    clock,
    trace,
    region: "eu-west-1",
    queueUrl: (name) => `http://127.0.0.1:4566/000000000000/${name}`,
    ...options,
  });
  return { clock, trace, queues };
}

export function message(body: string, more: Partial<NewMessage> = {}): NewMessage {
  return { body, senderId: "000000000000", from: sender, ...more };
}

/** A message of a FIFO queue, deduplicated by its body unless told otherwise. */
export function inGroup(groupId: string, body: string, more: Partial<NewMessage> = {}): NewMessage {
  return message(body, { groupId, deduplicationId: body, ...more });
}

export function bodies(messages: readonly Pick<ReceivedMessage, "body">[]): string[] {
  return messages.map(({ body }) => body);
}
