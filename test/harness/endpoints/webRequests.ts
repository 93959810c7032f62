import type { WebRequest } from "../../../local/protocol/webMessage.ts";

/** `GET /bookings` from a browser, unless a test says otherwise. */
export function webRequest(changes: Partial<WebRequest> = {}): WebRequest {
  return {
    method: "GET",
    path: "/bookings",
    query: "",
    headers: { host: "127.0.0.1:4566", "user-agent": "browser" },
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
    ...changes,
  };
}
