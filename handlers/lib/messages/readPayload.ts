import type { Message } from "../message.ts";
import { PermanentError } from "../permanentError.ts";
import { payloadPointer } from "./payloadPointer.ts";
import type { PayloadStore } from "./s3Payloads.ts";

/**
 * The payload of a message: its body, or what its body points to in S3. Pointers of AWS's Extended Client
 * Libraries for SNS and SQS are understood, too.
 *
 * @param store the only bucket that is read, whatever the message points to
 * @throws PermanentError if the message points to S3 and there is no store, another bucket, or no such payload
 */
export async function readPayload(
  message: Message,
  store: PayloadStore | undefined,
): Promise<string> {
  const pointer = payloadPointer(message);
  if (pointer === undefined) return message.body;
  const { bucket, key } = pointer;
  if (store?.bucket === bucket) return store.read(key);
  const known =
    store === undefined ? "the handler has no `payloads`" : `payloads are in ${store.bucket}`;
  throw new PermanentError(`the message points to s3://${bucket}/${key}, but ${known}`);
}
