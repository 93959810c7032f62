import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onObject } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { readTagging, taggingElement } from "../tagging.ts";
import { findVersion, versionOf } from "./objectVersion.ts";

const tagging = {
  of: "object",
  selectedBy: ["tagging"],
  parameters: ["versionId"],
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging: S3Operation = {
  ...tagging,
  name: "GetObjectTagging",
  method: "GET",
  permissions: (request) => [taggingPermission("Get", request)],
  run(request, context) {
    const object = findVersion(request, context);
    const versions = versionOf(object, context);
    return xmlReply("Tagging", taggingElement(object.tags ?? []), versions);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging: S3Operation = {
  ...tagging,
  name: "PutObjectTagging",
  method: "PUT",
  headers: payloadHeaders,
  permissions: (request) => [taggingPermission("Put", request)],
  run(request, context) {
    const object = findVersion(request, context);
    const tags = readTagging(readPayload(request).bytes.toString("utf8"), "object");
    context.buckets.objects.setTags(object, tags, "ObjectTagging:Put", request.requester);
    return emptyReply(200, versionOf(object, context));
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const deleteObjectTagging: S3Operation = {
  ...tagging,
  name: "DeleteObjectTagging",
  method: "DELETE",
  permissions: (request) => [taggingPermission("Delete", request)],
  run(request, context) {
    const object = findVersion(request, context);
    context.buckets.objects.setTags(object, [], "ObjectTagging:Delete", request.requester);
    return emptyReply(204, versionOf(object, context));
  },
};

function taggingPermission(verb: "Get" | "Put" | "Delete", request: S3Request) {
  const version = request.query.has("versionId") ? "Version" : "";
  return onObject(`s3:${verb}Object${version}Tagging`, request);
}
