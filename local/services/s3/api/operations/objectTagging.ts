import type { S3Operation } from "../operation.ts";
import { onObject } from "../permissions.ts";
import { xmlReply } from "../reply.ts";
import { findReadable } from "./readObject.ts";

/**
 * No object has tags, because whatever would give it one is refused; but tools ask before they copy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html
 */
export const getObjectTagging: S3Operation = {
  name: "GetObjectTagging",
  method: "GET",
  of: "object",
  selectedBy: ["tagging"],
  parameters: ["versionId"],
  permissions(request) {
    const version = request.query.has("versionId") ? "Version" : "";
    return [onObject(`s3:GetObject${version}Tagging`, request)];
  },
  run(request, context) {
    const { bucket, key, query } = request;
    const versionId = query.get("versionId") ?? undefined;
    findReadable(context, request, { bucket, key, versionId });
    return xmlReply("Tagging", { TagSet: {} });
  },
};
