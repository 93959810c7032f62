import type { ConsumerSpec, QueueConsumerSpec } from "../consumerSpec.ts";

/** A consumer whose queue is in another account. */
export type ForeignConsumer = QueueConsumerSpec & { readonly account: string };

export function isForeign(spec: ConsumerSpec): spec is ForeignConsumer {
  return "account" in spec && spec.account !== undefined;
}

/** Whether a consumer's queue is in another account or region than the topic. */
export function livesElsewhere(spec: ConsumerSpec): boolean {
  return isForeign(spec) || ("region" in spec && spec.region !== undefined);
}
