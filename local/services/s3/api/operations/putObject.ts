import { encryptionHeaders } from "../customerKey.ts";
import { detailHeaders, detailsIn } from "../objectDetails.ts";
import { checksumHeaders, conditionsOf, versionHeader } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { writePermissions } from "../permissions.ts";
import { emptyReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: S3Operation = {
  name: "PutObject",
  method: "PUT",
  of: "object",
  headers: [...payloadHeaders, ...detailHeaders],
  permissions: (request) => writePermissions(request),
  run(request, context) {
    const { bucket, key, headers, requester } = request;
    const { buckets } = context;
    const { bytes, checksum } = readPayload(request);
    const object = buckets.objects.put(
      {
        bucket,
        key,
        bytes,
        checksum,
        ...detailsIn(headers, bucket, context),
        conditions: conditionsOf(headers),
      },
      requester,
    );
    return emptyReply(200, {
      etag: `"${object.etag}"`,
      ...encryptionHeaders(object),
      ...checksumHeaders(object),
      ...versionHeader(buckets.get(bucket), object),
    });
  },
};
