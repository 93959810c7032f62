import type { QueueConsumerSpec } from "../consumerSpec.ts";

/** Whether a consumer's queue is FIFO: as its spec says, or the name of one that exists, or as the topic. */
export function isFifoQueue(
  { fifo, existingQueueArn: arn }: Pick<QueueConsumerSpec, "fifo" | "existingQueueArn">,
  fifoTopic: boolean,
): boolean {
  return fifo ?? (typeof arn === "string" ? arn.endsWith(".fifo") : fifoTopic);
}
