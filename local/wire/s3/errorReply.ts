import type { AwsError } from "../../cloud/awsError.ts";
import { newRequestIds } from "../../cloud/buckets/requestIds.ts";
import { S3Error } from "../../cloud/buckets/s3Error.ts";
import type { Reply } from "../call.ts";
import { formatXml } from "../xml/format.ts";

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
