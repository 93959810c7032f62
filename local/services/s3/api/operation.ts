import type { Decision, Principal } from "../../../protocol/access.ts";
import { notSupported } from "../../../protocol/awsError.ts";
import type { Reply } from "../../../protocol/call.ts";
import type { Buckets } from "../buckets.ts";
import type { S3Request } from "./request.ts";

/** What an operation needs the caller's permission for. */
export type Permission = {
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** ARN of the bucket or object; `*` for the service. */
  readonly resource: string;
  /** Condition keys besides those of every call, for example `s3:prefix`. */
  readonly context?: Readonly<Record<string, string>>;
};

export type S3Context = {
  readonly buckets: Buckets;
  readonly region: string;
  /** Cloud time in milliseconds since 1970. */
  readonly now: number;
  /** Decides about the caller of this request. */
  readonly decide: (permission: Permission, principal?: Principal) => Decision;
};

/** One operation of S3. What a request has beyond this is not ignored: it is refused. */
export type S3Operation = {
  readonly name: string;
  readonly method: string;
  readonly of: "service" | "bucket" | "object";
  /** Query parameters that distinguish this operation from others of the same method. @default none */
  readonly selectedBy?: readonly string[];
  /** A header that does. @default none */
  readonly selectedByHeader?: string;
  /** Further query parameters that it heeds. @default none */
  readonly parameters?: readonly string[];
  /** `x-amz-...` headers that it heeds. @default none */
  readonly headers?: readonly string[];
  readonly permissions: (request: S3Request) => readonly Permission[];
  readonly run: (request: S3Request, context: S3Context) => Reply | Promise<Reply>;
};

/** `x-amz-...` headers that may come with any request. */
const commonHeaders = [
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-expected-bucket-owner",
  "x-amz-request-payer",
  "x-amz-security-token",
  "x-amz-user-agent",
];

/**
 * The operation of a request.
 * @throws AwsError NotImplemented for an operation, a parameter or a header that is not supported
 */
export function chooseOperation(
  operations: readonly S3Operation[],
  request: S3Request,
): S3Operation {
  const { method } = request.call;
  const of = levelOf(request);
  const candidates = operations.filter(
    (operation) =>
      operation.method === method &&
      operation.of === of &&
      selectors(operation).every((name) => request.query.has(name)) &&
      (operation.selectedByHeader === undefined || operation.selectedByHeader in request.headers),
  );
  const [first, ...more] = candidates;
  if (first === undefined) throw notSupported(`S3's ${method} of ${described(of, request)}`);
  const operation = more.reduce(moreSelective, first);
  checkParameters(operation, request);
  checkHeaders(operation, request);
  return operation;
}

function levelOf({ bucket, key }: S3Request): S3Operation["of"] {
  if (bucket === "") return "service";
  return key === "" ? "bucket" : "object";
}

function moreSelective(a: S3Operation, b: S3Operation): S3Operation {
  return selectivity(b) > selectivity(a) ? b : a;
}

function selectivity(operation: S3Operation): number {
  return selectors(operation).length + (operation.selectedByHeader === undefined ? 0 : 1);
}

function checkParameters(operation: S3Operation, request: S3Request): void {
  const known = [...selectors(operation), ...(operation.parameters ?? [])];
  const others = [...request.query.keys()].filter((name) => !known.includes(name));
  if (!others.some((name) => meaningful.has(name))) return;
  throw notSupported(`S3's ${operation.method} of ${described(operation.of, request)}`);
}

/**
 * Parameters with a meaning for some operation of S3. Any other is ignored, as S3 does: pages and
 * caches add their own.
 */
const meaningful: ReadonlySet<string> = new Set([
  ...["abac", "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption"],
  ...["intelligent-tiering", "inventory", "legal-hold", "lifecycle", "location", "logging"],
  ...["metadataConfiguration", "metadataTable", "metrics", "notification", "object-lock"],
  ...["ownershipControls", "policy", "policyStatus", "publicAccessBlock", "renameObject"],
  ...["replication", "requestPayment", "restore", "retention", "select", "session", "tagging"],
  ...["torrent", "uploads", "versioning", "versions", "website"],
  ...["append", "id", "list-type", "partNumber", "select-type", "uploadId", "versionId"],
  ...["continuation-token", "delimiter", "encoding-type", "fetch-owner", "key-marker", "marker"],
  ...["max-keys", "max-parts", "max-uploads", "part-number-marker", "prefix", "start-after"],
  ...["upload-id-marker", "version-id-marker"],
]);

function checkHeaders(operation: S3Operation, { headers }: S3Request): void {
  const known = [...commonHeaders, ...(operation.headers ?? [])];
  for (const name of Object.keys(headers)) {
    if (!name.startsWith("x-amz-") || known.includes(name)) continue;
    if (name.startsWith("x-amz-meta-") && known.includes("x-amz-meta-*")) continue;
    throw notSupported(`the header "${name}: ${headers[name]}" of S3's ${operation.name}`);
  }
}

function selectors(operation: S3Operation): readonly string[] {
  return operation.selectedBy ?? [];
}

function described(of: S3Operation["of"], { query }: S3Request): string {
  const parameters = [...query.keys()];
  const what = of === "object" ? "an object" : of === "bucket" ? "a bucket" : "the service";
  return parameters.length === 0 ? what : `${what} with ?${parameters.join("&")}`;
}
