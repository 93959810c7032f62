import type { S3Operation } from "../operation.ts";
import { onObject } from "../permissions.ts";
import { emptyReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: S3Operation = {
  name: "DeleteObject",
  method: "DELETE",
  of: "object",
  parameters: ["versionId"],
  permissions: (request) => [
    onObject(
      request.query.has("versionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
      request,
    ),
  ],
  run({ bucket, key, query, headers, requester }, { buckets }) {
    const versionId = query.get("versionId") ?? undefined;
    const ifMatch = headers["if-match"];
    const deletion = buckets.objects.delete({ bucket, key, versionId, ifMatch }, requester);
    return emptyReply(204, {
      ...(deletion.versionId !== undefined && { "x-amz-version-id": deletion.versionId }),
      ...(deletion.deleteMarker && { "x-amz-delete-marker": "true" }),
    });
  },
};
