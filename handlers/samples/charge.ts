import { createHash } from "node:crypto";
import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { PermanentError } from "../lib/permanentError.ts";
import { amount, formatAmount } from "./money.ts";
import { putOnce } from "./putOnce.ts";

/** A payment as its table records it. The same payment always results in the same charge. */
export type Charge = {
  /** What is paid for: the partition key. */
  readonly paymentId: string;
  /** With two decimals at most. */
  readonly amount: number;
  readonly status: "charged" | "refused";
  /** The bank's receipt, where it was charged. */
  readonly chargeId?: string;
  /** Why it was refused. */
  readonly reason?: string;
};

/** The most that the bank charges in one payment, in cents. */
const chargeLimit = 1_000_000;

/**
 * Charges a payment once, however often it is called. The bank is simulated: it charges up to 10,000.00,
 * refuses more, and leaves no trace but the record in the table.
 *
 * @returns the charge, and whether this call made it
 * @throws PermanentError when the payment is on record with another amount
 */
export async function chargeOnce(
  database: DynamoDBDocumentClient,
  table: string,
  payment: { readonly paymentId: string; readonly cents: number },
): Promise<{ charge: Charge; isNew: boolean }> {
  const charge = decide(payment);
  if (await putOnce(database, table, "paymentId", charge)) return { charge, isNew: true };
  const known = await recorded(database, table, payment.paymentId);
  if (known !== charge.amount) {
    throw new PermanentError(
      `payment ${charge.paymentId} is recorded with ${known}, and cannot be made again with ${charge.amount}`,
    );
  }
  return { charge, isNew: false };
}

function decide({ paymentId, cents }: { paymentId: string; cents: number }): Charge {
  if (cents > chargeLimit) {
    const reason = `over the limit of ${formatAmount(chargeLimit)}`;
    return { paymentId, amount: amount(cents), status: "refused", reason };
  }
  return { paymentId, amount: amount(cents), status: "charged", chargeId: chargeId(paymentId) };
}

function chargeId(paymentId: string): string {
  return `ch_${createHash("sha256").update(paymentId).digest("hex").slice(0, 24)}`;
}

const recordShape = v.object({ amount: v.number() });

async function recorded(
  database: DynamoDBDocumentClient,
  table: string,
  paymentId: string,
): Promise<number> {
  const { Item } = await database.send(
    new GetCommand({ TableName: table, Key: { paymentId }, ConsistentRead: true }),
  );
  return v.parse(recordShape, Item).amount;
}
