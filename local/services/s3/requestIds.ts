import { randomBytes } from "node:crypto";

/** The two ids of a request to S3, which its reply carries and an event of it repeats. */
export type RequestIds = { readonly requestId: string; readonly hostId: string };

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newRequestIds(): RequestIds {
  const bytes = randomBytes(64);
  const requestId = Array.from(bytes.subarray(0, 16), (byte) => alphabet[byte % 32]).join("");
  return { requestId, hostId: bytes.subarray(16).toString("base64") };
}
