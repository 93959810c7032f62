import { handleBatch, withBody } from "@pulumi-fanout/fanout/handlers";
import { type Order, order } from "./order.ts";

/** Messages that fail are received again, and move to the dead-letter queue after five receives. */
export const handler = handleBatch(withBody("order", order, bill));

/** Delivery is at least once: the same order may come again. */
async function bill({ id, total }: Order) {
  return { outcome: "billed", id, total };
}
