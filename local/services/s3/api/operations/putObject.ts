import { tagsOfHeader } from "../../tagging/tag.ts";
import {
  checksumHeaders,
  conditionsOf,
  encryptionHeader,
  metadataHeaders,
  metadataOf,
  versionHeader,
} from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { taggingHeader, writePermissions } from "../permissions.ts";
import { emptyReply } from "../reply.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject: S3Operation = {
  name: "PutObject",
  method: "PUT",
  of: "object",
  headers: [...payloadHeaders, ...metadataHeaders, taggingHeader],
  permissions: (request) => writePermissions(request),
  run(request, { buckets }) {
    const { bucket, key, headers, requester } = request;
    const { bytes, checksum } = readPayload(request);
    const object = buckets.objects.put(
      {
        bucket,
        key,
        bytes,
        checksum,
        headers: metadataOf(headers, buckets.accessLists.settings(bucket)),
        tags: tagsOfHeader(headers[taggingHeader]),
        conditions: conditionsOf(headers),
      },
      requester,
    );
    return emptyReply(200, {
      etag: `"${object.etag}"`,
      ...encryptionHeader,
      ...checksumHeaders(object),
      ...versionHeader(buckets.get(bucket), object),
    });
  },
};
