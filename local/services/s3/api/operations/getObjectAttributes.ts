import type { XmlContent } from "../../../../protocol/xml.ts";
import type { Checksum } from "../../checksum.ts";
import { invalidRequest } from "../../s3Error.ts";
import type { StoredObject } from "../../storedObject.ts";
import { customerKeyHeaders, requireCustomerKey } from "../customerKey.ts";
import { checksumElements } from "../objectHeaders.ts";
import type { S3Operation } from "../operation.ts";
import { onObject } from "../permissions.ts";
import { xmlReply } from "../reply.ts";
import { findReadable } from "./readObject.ts";

const attributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: S3Operation = {
  name: "GetObjectAttributes",
  method: "GET",
  of: "object",
  selectedBy: ["attributes"],
  parameters: ["versionId"],
  headers: [
    "x-amz-max-parts",
    "x-amz-object-attributes",
    "x-amz-part-number-marker",
    ...customerKeyHeaders,
  ],
  permissions(request) {
    const version = request.query.has("versionId") ? "Version" : "";
    return [
      onObject(`s3:GetObject${version}`, request),
      onObject(`s3:GetObject${version}Attributes`, request),
    ];
  },
  run(request, context) {
    const { bucket, key, query, headers } = request;
    const wanted = readAttributes(headers["x-amz-object-attributes"]);
    const versionId = query.get("versionId") ?? undefined;
    const object = findReadable(context, request, { bucket, key, versionId });
    requireCustomerKey(headers, object);
    const every: Readonly<Record<string, XmlContent>> = {
      ETag: object.etag,
      Checksum: object.checksum && checksumElement(object.checksum),
      ObjectParts: partsElement(object, headers),
      StorageClass: object.headers["x-amz-storage-class"] ?? "STANDARD",
      ObjectSize: object.size,
    };
    const chosen = Object.entries(every).filter(([name]) => wanted.includes(name));
    const versioned = context.buckets.get(bucket).versioning !== "Disabled";
    return xmlReply("GetObjectAttributesResponse", Object.fromEntries(chosen), {
      "last-modified": new Date(object.modified).toUTCString(),
      ...(versioned && { "x-amz-version-id": object.versionId }),
    });
  },
};

function readAttributes(header = ""): string[] {
  const wanted = header.split(",").map((name) => name.trim());
  if (wanted.every((name) => attributes.includes(name))) return wanted;
  throw invalidRequest("Invalid attribute name specified.");
}

/** Without the number of parts that a composite checksum ends in. */
function checksumElement(checksum: Checksum): XmlContent {
  return checksumElements({ ...checksum, value: checksum.value.replace(/-\d+$/, "") });
}

/** The parts are listed only where each has a checksum that counts: under a composite one. */
function partsElement(
  { parts, checksum }: StoredObject,
  headers: Readonly<Record<string, string>>,
): XmlContent {
  if (parts === undefined) return undefined;
  if (checksum?.type !== "COMPOSITE") return { PartsCount: parts.length };
  const marker = Number(headers["x-amz-part-number-marker"] ?? 0);
  const limit = Number(headers["x-amz-max-parts"] ?? 1000);
  const following = parts.filter(({ number }) => number > marker);
  const page = following.slice(0, limit);
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.number ?? 0,
    MaxParts: limit,
    IsTruncated: following.length > page.length,
    Part: page.map((part) => ({
      PartNumber: part.number,
      Size: part.size,
      [`Checksum${checksum.algorithm}`]: part.checksum,
    })),
  };
}
