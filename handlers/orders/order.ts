import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { purchaseFields } from "../samples/purchase.ts";

/** Other fields are ignored, so that a publisher may add some. */
const order = v.object({
  ...purchaseFields,
  event: v.picklist(["placed", "paid", "cancelled"]),
});

/** An event of an order. It holds the whole order. */
export type Order = v.InferOutput<typeof order>;

/** @throws PermanentError naming every problem by path */
export function readOrder(body: string): Order {
  return parseJson(order, body, "order");
}
