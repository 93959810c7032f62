import { handleBatch, withBody } from "@pulumi-fanout/fanout/handlers";
import { type Order, order } from "./order.ts";

export const handler = handleBatch(withBody("order", order, ship));

async function ship({ id }: Order) {
  return { outcome: "shipped", id };
}
