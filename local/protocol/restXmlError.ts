import { randomBytes } from "node:crypto";
import { AwsError } from "./awsError.ts";
import type { Reply } from "./call.ts";
import { formatXml } from "./xml.ts";

/** An error with the elements and headers that S3 adds to code and message (`Key`, `Condition`, ...). */
export class RestXmlError extends AwsError {
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      details?: Readonly<Record<string, string>>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(code, message, options);
    this.details = options.details ?? {};
    this.headers = options.headers ?? {};
  }
}

/**
 * An error in S3's XML form.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses
 */
export function restXmlErrorReply(error: AwsError, ids = newRequestIds()): Reply {
  const { details, headers } = error instanceof RestXmlError ? error : { details: {}, headers: {} };
  const document = formatXml("Error", {
    Code: error.code,
    Message: error.message,
    ...details,
    RequestId: ids.requestId,
    HostId: ids.hostId,
  });
  return {
    status: error.status,
    headers: {
      ...headers,
      "content-type": "application/xml",
      "x-amz-request-id": ids.requestId,
      "x-amz-id-2": ids.hostId,
    },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${document}`,
  };
}

/** The two ids of a request to S3, which its reply carries and an event of it repeats. */
export type RequestIds = { readonly requestId: string; readonly hostId: string };

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newRequestIds(): RequestIds {
  const bytes = randomBytes(64);
  const requestId = Array.from(bytes.subarray(0, 16), (byte) => alphabet[byte % 32]).join("");
  return { requestId, hostId: bytes.subarray(16).toString("base64") };
}
