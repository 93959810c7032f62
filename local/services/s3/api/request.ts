import type { Call } from "../../../protocol/call.ts";
import type { RequestIds } from "../../../protocol/restXmlError.ts";
import type { Requester } from "../requester.ts";
import { S3Error } from "../s3Error.ts";

/** A parsed call to S3. */
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

/** S3 heeds these as headers only: SDKs put the checksum of no bytes into the URLs that they sign. */
const onlyHeaders =
  /^x-amz-(?:sdk-checksum-algorithm|checksum-(?:crc32c?|crc64nvme|sha1|sha256))$/i;

/** @throws S3Error InvalidURI */
export function readRequest(call: Call, ids: RequestIds): S3Request {
  const query = new URLSearchParams();
  const headers = { ...call.headers };
  for (const [name, value] of call.query) {
    if (noise.test(name) || onlyHeaders.test(name)) continue;
    // A presigned URL holds the headers of the request.
    if (/^(?:x-amz-|if-(?:none-)?match$)/i.test(name)) headers[name.toLowerCase()] = value;
    else query.append(name, value);
  }
  return {
    call,
    ...addressOf(call.path, call.headers.host ?? ""),
    query,
    headers,
    requester: { callerArn: call.callerArn, traceHeader: headers["x-amzn-trace-id"], ...ids },
  };
}

/** What a request is about: the service (no bucket), a bucket (no key), or an object. */
type Address = { readonly bucket: string; readonly key: string };

/**
 * Reads the bucket from the path (`/bucket/key`), or from the host where it stands there
 * (`bucket.localhost`, `bucket.s3.eu-west-1.localhost`).
 * @param path still percent-encoded
 * @throws S3Error InvalidURI
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
function addressOf(path: string, host: string): Address {
  const decoded = decodePath(path).slice(1);
  const bucket = bucketInHost(host);
  if (bucket !== undefined) return { bucket, key: decoded };
  const slash = decoded.indexOf("/");
  if (slash < 0) return { bucket: decoded, key: "" };
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

function bucketInHost(host: string): string | undefined {
  const name = /^(.+)\.localhost(?::\d+)?$/.exec(host)?.[1];
  return name?.replace(/(?:^|\.)s3(?:[.-][a-z0-9-]+)?$/, "") || undefined;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", {
      details: { URI: path },
    });
  }
}
