import * as v from "valibot";
import { cents } from "../lib/money.ts";
import { parseJson } from "../lib/parseJson.ts";

/** DynamoDB writes at most 100 items at once: an order's ledger entry, and one for each line. */
const mostLines = 99;

const sku = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(100));

const line = v.object({
  sku,
  quantity: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)),
  unitPrice: v.pipe(
    v.number(),
    v.minValue(0),
    v.maxValue(1_000_000),
    v.check((price) => cents(price) !== undefined, "Invalid price: Expected two decimals at most"),
  ),
});

/** Fields that are not named here are ignored, so that a publisher may add some. */
const order = v.object({
  orderId: v.pipe(
    v.string(),
    v.regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/,
      "Invalid order id: Expected 1 to 128 letters, digits, dots, dashes or underscores",
    ),
  ),
  customer: v.object({ email: v.pipe(v.string(), v.email(), v.maxLength(254)) }),
  items: v.pipe(v.array(line), v.minLength(1), v.maxLength(mostLines)),
  event: v.picklist(["placed", "paid", "cancelled"]),
});

/** What happened to an order, with the whole order in it. */
export type Order = v.InferOutput<typeof order>;

/** @throws PermanentError naming every problem by path */
export function readOrder(body: string): Order {
  return parseJson(order, body, "order");
}
