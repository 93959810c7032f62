import type { AwsError } from "../../../protocol/awsError.ts";
import type { Reply } from "../../../protocol/call.ts";
import { formatXml } from "../../../protocol/xml/format.ts";
import { newRequestIds } from "../requestIds.ts";
import { S3Error } from "../s3Error.ts";

/**
 * An error in S3's XML form.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses
 * @param resource the path of the bucket or object
 */
export function s3ErrorReply(error: AwsError, resource: string, ids = newRequestIds()): Reply {
  const { details, headers } = error instanceof S3Error ? error : { details: {}, headers: {} };
  const document = formatXml("Error", {
    Code: error.code,
    Message: error.message,
    ...details,
    Resource: resource,
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
