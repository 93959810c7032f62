import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { environment } from "../lib/environment.ts";
import { handleFifoBatch } from "../lib/fifoBatch.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { type Invoice, invoiceAfter, invoiceKey, readInvoice } from "./invoice.ts";
import { readOrder } from "./order.ts";

const { INVOICES_BUCKET } = environment("INVOICES_BUCKET");
const s3 = new S3Client({});

export const handler = handleFifoBatch(recordHandler);

/** Writes the invoice of an order, at `invoices/<orderId>.json`. */
async function recordHandler(message: Message): Promise<Outcome> {
  const order = readOrder(message.body);
  const { orderId, event } = order;
  const stored = await storedInvoice(orderId);
  const invoice = invoiceAfter(order, stored?.invoice);
  if (invoice === stored?.invoice) {
    return skipped("unchanged", { orderId, event, status: invoice.status });
  }
  await store(invoice, stored?.etag);
  return { outcome: "invoiced", orderId, event, status: invoice.status };
}

async function storedInvoice(
  orderId: string,
): Promise<{ invoice: Invoice; etag: string | undefined } | undefined> {
  try {
    const object = await s3.send(
      new GetObjectCommand({ Bucket: INVOICES_BUCKET, Key: invoiceKey(orderId) }),
    );
    const text = (await object.Body?.transformToString()) ?? "";
    return { invoice: readInvoice(text), etag: object.ETag };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Fails if the invoice was written since it was read; the message is then received again. */
async function store(invoice: Invoice, readAs: string | undefined): Promise<void> {
  const condition = readAs === undefined ? { IfNoneMatch: "*" } : { IfMatch: readAs };
  await s3.send(
    new PutObjectCommand({
      Bucket: INVOICES_BUCKET,
      Key: invoiceKey(invoice.orderId),
      Body: JSON.stringify(invoice, null, 2),
      ContentType: "application/json",
      ...condition,
    }),
  );
}
