import * as pulumi from "@pulumi/pulumi";
import { defaultMaxReceiveCount } from "./queues.ts";
import type { QueueRetries } from "./retries.ts";

/** So that a message is never received without being handled, and moves to the dead-letter queue unhandled. */
export const defaultFifoBatchSize = 1;

/** Of a queue consumer. */
type ReceiveSettings = {
  readonly batchSize?: pulumi.Input<number>;
  readonly maxReceiveCount?: pulumi.Input<number>;
  readonly retries?: QueueRetries;
};

/**
 * The variable by which the handler helpers recognize a message's last receive: `handleFifoBatch` in a batch of
 * several messages, and each of them where retries are delayed. None where they do not need it.
 */
export function maxReceiveCountVariable(
  { batchSize = defaultFifoBatchSize, maxReceiveCount, retries }: ReceiveSettings,
  fifo: boolean,
): Record<string, pulumi.Input<string>> {
  const needed = retries?.backoff !== undefined || (fifo && batchSize !== 1);
  if (!needed) return {};
  const count = maxReceiveCount ?? defaultMaxReceiveCount;
  const text = typeof count === "number" ? String(count) : pulumi.output(count).apply(String);
  return { FANOUT_MAX_RECEIVE_COUNT: text };
}
