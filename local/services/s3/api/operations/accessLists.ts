import type { XmlContent } from "../../../../protocol/xml.ts";
import { type AccessList, privateList } from "../../accessLists/accessList.ts";
import { accessListHeaders, readAccessList } from "../accessListInput.ts";
import { ownerElement } from "../lists.ts";
import type { S3Operation } from "../operation.ts";
import { payloadHeaders, readPayload } from "../payload.ts";
import { onBucket, onObject } from "../permissions.ts";
import { emptyReply, xmlReply } from "../reply.ts";
import type { S3Request } from "../request.ts";
import { findVersion, versionOf } from "./objectVersion.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl: S3Operation = {
  name: "GetBucketAcl",
  method: "GET",
  of: "bucket",
  selectedBy: ["acl"],
  permissions: (request) => [onBucket("s3:GetBucketAcl", request)],
  run: ({ bucket }, { buckets }) =>
    xmlReply("AccessControlPolicy", accessListElement(buckets.accessLists.ofBucket(bucket))),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const putBucketAcl: S3Operation = {
  name: "PutBucketAcl",
  method: "PUT",
  of: "bucket",
  selectedBy: ["acl"],
  headers: [...payloadHeaders, ...accessListHeaders],
  permissions: (request) => [onBucket("s3:PutBucketAcl", request)],
  run(request, { buckets }) {
    buckets.accessLists.setOfBucket(request.bucket, listIn(request));
    return emptyReply(200);
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl: S3Operation = {
  name: "GetObjectAcl",
  method: "GET",
  of: "object",
  selectedBy: ["acl"],
  parameters: ["versionId"],
  permissions: (request) => [permissionFor("Get", request)],
  run(request, context) {
    const { bucket, key, query } = request;
    const versionId = query.get("versionId") ?? undefined;
    const object = context.buckets.objects.get(bucket, key, versionId);
    return xmlReply(
      "AccessControlPolicy",
      accessListElement(object.acl ?? privateList),
      versionOf(object, context),
    );
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl: S3Operation = {
  name: "PutObjectAcl",
  method: "PUT",
  of: "object",
  selectedBy: ["acl"],
  parameters: ["versionId"],
  headers: [...payloadHeaders, ...accessListHeaders],
  permissions: (request) => [permissionFor("Put", request)],
  run(request, context) {
    const { buckets } = context;
    const object = findVersion(request, context);
    const acl = listIn(request);
    buckets.accessLists.check(request.bucket, acl);
    buckets.objects.setAccessList(object, acl, request.requester);
    return emptyReply(200, versionOf(object, context));
  },
};

function listIn(request: S3Request): AccessList {
  return readAccessList(request.headers, readPayload(request).bytes.toString("utf8"));
}

function permissionFor(verb: "Get" | "Put", request: S3Request) {
  const version = request.query.has("versionId") ? "Version" : "";
  return onObject(`s3:${verb}Object${version}Acl`, request);
}

const xsi = "http://www.w3.org/2001/XMLSchema-instance";

function accessListElement(list: AccessList): Readonly<Record<string, XmlContent>> {
  const grants = list.map(({ grantee, permission }) => ({
    Grantee:
      "id" in grantee
        ? { "@xmlns:xsi": xsi, "@xsi:type": "CanonicalUser", ID: grantee.id }
        : { "@xmlns:xsi": xsi, "@xsi:type": "Group", URI: grantee.uri },
    Permission: permission,
  }));
  return { Owner: ownerElement, AccessControlList: { Grant: grants } };
}
