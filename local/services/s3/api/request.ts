import type { Call } from "../../../protocol/call.ts";
import type { RequestIds } from "../../../protocol/restXmlError.ts";
import type { Requester } from "../notification/change.ts";
import { addressOf } from "./address.ts";

/** A call to S3, taken apart. */
export type S3Request = {
  readonly call: Call;
  /** Empty for the service itself. */
  readonly bucket: string;
  /** Empty for a bucket. */
  readonly key: string;
  /** Without the signature of a presigned URL. */
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly requester: Requester;
};

/** Parameters of the signature, and of SDKs for themselves; boto3 repeats signed headers there. */
const noise =
  /^(?:x-id|AWSAccessKeyId|Signature|Expires|content-md5|content-type|x-amz-(?:algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent))$/i;

/** @throws S3Error InvalidURI */
export function readRequest(call: Call, ids: RequestIds): S3Request {
  const query = new URLSearchParams();
  const headers = { ...call.headers };
  for (const [name, value] of call.query) {
    if (noise.test(name)) continue;
    // Whoever presigns a URL puts the headers of the request into it.
    if (/^x-amz-/i.test(name)) headers[name.toLowerCase()] = value;
    else query.append(name, value);
  }
  return {
    call,
    ...addressOf(call.path, call.headers.host ?? ""),
    query,
    headers,
    requester: { callerArn: call.callerArn, ...ids },
  };
}
