import type { Reply } from "../../../../protocol/call.ts";
import { checkRead } from "../../preconditions.ts";
import { invalidArgument, invalidRequest, S3Error } from "../../s3Error.ts";
import type { ObjectPart, StoredObject } from "../../storedObject.ts";
import { customerKeyHeaders, requireCustomerKey } from "../customerKey.ts";
import { isHeaderValue } from "../metadataText.ts";
import { checksumHeaders, conditionsOf, describe, isArchived } from "../objectHeaders.ts";
import type { Permission, S3Context, S3Operation } from "../operation.ts";
import { accessDenied, onBucket, onObject } from "../permissions.ts";
import { type ByteRange, rangeOf } from "../range.ts";
import { emptyReply } from "../reply.ts";
import type { S3Request } from "../request.ts";

/** Parameters with which a reader chooses a header of the reply. */
const overrides = [
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
  "response-content-language",
  "response-content-type",
  "response-expires",
];

const reading = {
  of: "object",
  parameters: ["partNumber", "versionId", ...overrides],
  headers: ["x-amz-checksum-mode", ...customerKeyHeaders],
  permissions: (request: S3Request): Permission[] => [
    onObject(request.query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject", request),
  ],
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: S3Operation = {
  ...reading,
  name: "GetObject",
  method: "GET",
  run(request, context) {
    const { object, reply, range } = readHead(request, context);
    if (reply.status === 304) return reply;
    if (isArchived(object)) throw archived(object);
    return { ...reply, body: context.buckets.objects.read(object, range?.start, range?.end) };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: S3Operation = {
  ...reading,
  name: "HeadObject",
  method: "HEAD",
  run: (request, context) => readHead(request, context).reply,
};

/**
 * The object that a request reads. A caller that may not list the bucket does not learn that a key
 * is missing, but is denied.
 * @throws S3Error NoSuchKey, AccessDenied, ...
 */
export function findReadable(
  { buckets, decide }: S3Context,
  request: S3Request,
  { bucket, key, versionId }: { bucket: string; key: string; versionId: string | undefined },
): StoredObject {
  try {
    return buckets.objects.get(bucket, key, versionId);
  } catch (error) {
    if (!(error instanceof S3Error) || error.code !== "NoSuchKey") throw error;
    const permission = onBucket("s3:ListBucket", { bucket });
    const decision = decide(permission);
    if (decision.allowed) throw error;
    throw accessDenied(
      request.call,
      permission,
      `${decision.reason} (The key "${key}" does not exist; only who may list the bucket is told so.)`,
    );
  }
}

function archived({ headers }: StoredObject): S3Error {
  const StorageClass = headers["x-amz-storage-class"] ?? "";
  const message = "The operation is not valid for the object's storage class";
  return new S3Error("InvalidObjectState", message, { status: 403, details: { StorageClass } });
}

type Head = {
  readonly object: StoredObject;
  readonly reply: Reply;
  /** The bytes that are wanted. @default all */
  readonly range?: ByteRange | undefined;
};

function readHead(request: S3Request, context: S3Context): Head {
  const { bucket, key, query, headers } = request;
  const versionId = query.get("versionId") ?? undefined;
  const object = findReadable(context, request, { bucket, key, versionId });
  requireCustomerKey(headers, object);
  const versioned = context.buckets.get(bucket).versioning !== "Disabled";
  const description = describe(object, versioned);
  if (checkRead(conditionsOf(headers), object, context.now) === "notModified") {
    return { object, reply: emptyReply(304, description) };
  }
  const part = partOf(query.get("partNumber"), object);
  if (part !== undefined && headers.range !== undefined) {
    throw invalidRequest("Cannot specify both Range header and partNumber query parameter");
  }
  const range = part?.range ?? rangeOf(headers.range, object.size);
  const withChecksum = headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED";
  return {
    object,
    range,
    reply: emptyReply(range ? 206 : 200, {
      ...description,
      ...overridden(query),
      "content-length": String(range ? range.end - range.start : object.size),
      ...(range && { "content-range": `bytes ${range.start}-${range.end - 1}/${object.size}` }),
      ...(part && object.parts && { "x-amz-mp-parts-count": String(object.parts.length) }),
      ...(withChecksum && checksumOfRange(object, range, part?.checksum)),
    }),
  };
}

/** The checksum of all bytes, or of the part that is read of a composite. Other ranges have none. */
function checksumOfRange(
  object: StoredObject,
  range: ByteRange | undefined,
  ofPart: string | undefined,
): Readonly<Record<string, string>> {
  const { checksum, size } = object;
  if (checksum?.type === "COMPOSITE" && ofPart)
    return checksumHeaders({ checksum: { ...checksum, value: ofPart } });
  const whole = range === undefined || (range.start === 0 && range.end === size);
  return whole ? checksumHeaders(object) : {};
}

/** The bytes of one part of an object; of an object in one piece, that is its part 1. */
function partOf(
  parameter: string | null,
  { parts = [], size }: StoredObject,
): { range: ByteRange | undefined; checksum?: string | undefined } | undefined {
  if (parameter === null) return undefined;
  const wanted = Number(parameter);
  if (parts.length === 0 && wanted === 1)
    return { range: size > 0 ? { start: 0, end: size } : undefined };
  const index = parts.findIndex(({ number }) => number === wanted);
  const part = parts[index];
  if (part === undefined) {
    throw new S3Error("InvalidPartNumber", "The requested partnumber is not satisfiable", {
      status: 416,
      details: { PartNumberRequested: parameter, ActualPartCount: String(parts.length || 1) },
    });
  }
  const start = sizeOf(parts.slice(0, index));
  return { range: { start, end: start + part.size }, checksum: part.checksum };
}

function sizeOf(parts: readonly ObjectPart[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

function overridden(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    overrides.flatMap((name) => {
      const value = query.get(name);
      if (value !== null && !isHeaderValue(value)) {
        const message = "Header value cannot be represented using ISO-8859-1.";
        throw invalidArgument(message, name, value);
      }
      return value === null ? [] : [[name.slice("response-".length), value]];
    }),
  );
}
