import {
  type Credentials,
  signedHeaders,
} from "../../../local/protocol/authentication/signRequest.ts";
import { webRequest } from "./webRequests.ts";

/** The headers of a request without a body that was sent to a path, as a client signs them for a service. */
export function signedFor(
  service: string,
  credentials: Credentials,
  path: string,
): Record<string, string> {
  const { method, body } = webRequest();
  const host = "127.0.0.1:4566";
  const request = { method, host, path, query: new URLSearchParams(), headers: {}, body };
  return { host, ...signedHeaders(request, { credentials, region: "eu-west-1", service }) };
}
