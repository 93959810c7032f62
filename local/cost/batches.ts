import type { Load } from "./load.ts";
import { monthSeconds } from "./load.ts";
import type { MappingShape } from "./stackShape.ts";

/** How many batches Lambda processes at once before it scales. */
const pollers = 5;

/** From a receive to the next one of the same poller, beside the invocation. */
const receiveMilliseconds = 20;

/** The most messages of one receive. */
export const mostReceived = 10;

/**
 * The messages of an average batch. Without a window, a batch holds what arrived while the pollers were busy, which
 * at a low rate is one message; with a window, what arrives in it.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 *
 * @param messages a month, of the queue
 */
export function averageBatch(mapping: MappingShape, messages: number, load: Load): number {
  const { batchSize, windowSeconds } = mapping;
  const most = windowSeconds > 0 ? batchSize : Math.min(batchSize, mostReceived);
  if (load.batch !== undefined) return Math.min(most, load.batch);
  const perSecond = messages / monthSeconds;
  const cycleSeconds = (load.milliseconds + receiveMilliseconds) / 1000;
  const gathered =
    windowSeconds > 0 ? 1 + perSecond * windowSeconds : (perSecond * cycleSeconds) / pollers;
  return Math.min(most, Math.max(1, gathered));
}
