import { createHash } from "node:crypto";
import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { line } from "../samples/fields.ts";
import { type PurchaseLine, purchaseFields } from "../samples/purchase.ts";

/** How many pieces fit into a parcel. */
const piecesInParcel = 10;

/** A larger order needs a haulier. */
const mostParcels = 100;

const shippedPurchase = v.object({
  ...purchaseFields,
  address: v.object({
    name: line,
    street: line,
    postcode: line,
    city: line,
    country: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, "Invalid country: Expected two letters")),
  }),
});

/** A purchase with its delivery address. */
export type ShippedPurchase = v.InferOutput<typeof shippedPurchase>;

export type Shipment = {
  readonly orderId: string;
  readonly address: ShippedPurchase["address"];
  readonly parcels: readonly Parcel[];
};

export type Parcel = { readonly trackingId: string; readonly pieces: number };

/** @throws PermanentError naming every problem by path */
export function readShippedPurchase(body: string): ShippedPurchase {
  return parseJson(shippedPurchase, body, "order to be shipped");
}

/** The shipment of an order, always the same for the same order; undefined if it is too large for parcels. */
export function shipmentOf({ orderId, items, address }: ShippedPurchase): Shipment | undefined {
  const pieces = countPieces(items);
  const count = Math.ceil(pieces / piecesInParcel);
  if (count > mostParcels) return undefined;
  const parcels = Array.from({ length: count }, (_, index) => ({
    trackingId: trackingId(orderId, index),
    pieces: Math.min(piecesInParcel, pieces - index * piecesInParcel),
  }));
  return { orderId, address, parcels };
}

function countPieces(items: readonly PurchaseLine[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

function trackingId(orderId: string, index: number): string {
  const digest = createHash("sha256").update(`${orderId} ${index}`).digest("hex");
  return `TR${digest.slice(0, 14).toUpperCase()}`;
}
