import type { Reply } from "../../../protocol/call.ts";
import type { Buckets } from "../buckets.ts";
import { type CorsRule, cors } from "../configuration/cors.ts";
import { S3Error } from "../s3Error.ts";
import { emptyReply } from "./reply.ts";
import type { S3Request } from "./request.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * Answers a browser that asks before it sends a page's request.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html
 * @throws S3Error BadRequest, AccessForbidden
 */
export function preflightReply(request: S3Request, buckets: Buckets): Reply {
  const { bucket, headers } = request;
  if (headers.origin === undefined) {
    throw new S3Error("BadRequest", "Insufficient information. Origin request header needed.");
  }
  if (buckets.find(bucket) === undefined) throw forbidden(request, "Bucket not found", "BUCKET");
  const rules = buckets.documents.find(bucket, cors)?.CORSRule;
  if (rules === undefined) {
    throw forbidden(request, "CORS is not enabled for this bucket.", "BUCKET");
  }
  const allowed = corsHeaders(rules, request);
  if (allowed !== undefined) return emptyReply(200, allowed);
  throw forbidden(
    request,
    "This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    request.key === "" ? "BUCKET" : "OBJECT",
  );
}

/** The reply with the headers that let a page of the request's origin read it. */
export function withCors(reply: Reply, request: S3Request, buckets: Buckets): Reply {
  if (request.headers.origin === undefined || request.bucket === "") return reply;
  const rules = buckets.documents.find(request.bucket, cors)?.CORSRule ?? [];
  return { ...reply, headers: { ...reply.headers, ...corsHeaders(rules, request) } };
}

/** The headers of the first rule that the request falls under. */
function corsHeaders(rules: readonly CorsRule[], request: S3Request): Headers | undefined {
  const { headers, call } = request;
  const { origin = "" } = headers;
  const method = headers["access-control-request-method"] ?? call.method;
  const asked = namesIn(headers["access-control-request-headers"]);
  const rule = rules.find(
    ({ AllowedOrigin, AllowedMethod, AllowedHeader = [] }) =>
      AllowedOrigin.some((pattern) => matches(pattern, origin)) &&
      AllowedMethod.includes(method) &&
      asked.every((name) => AllowedHeader.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
  if (rule === undefined) return undefined;
  const { AllowedOrigin, AllowedMethod, ExposeHeader = [], MaxAgeSeconds } = rule;
  const isOpen = AllowedOrigin.includes("*");
  return {
    "access-control-allow-origin": isOpen ? "*" : origin,
    "access-control-allow-methods": AllowedMethod.join(", "),
    ...(!isOpen && { "access-control-allow-credentials": "true" }),
    ...(asked.length > 0 && { "access-control-allow-headers": asked.join(", ") }),
    ...(ExposeHeader.length > 0 && { "access-control-expose-headers": ExposeHeader.join(", ") }),
    ...(MaxAgeSeconds !== undefined && { "access-control-max-age": String(MaxAgeSeconds) }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}

function namesIn(header: string | undefined): string[] {
  const names = header?.split(",").map((name) => name.trim().toLowerCase()) ?? [];
  return names.filter((name) => name !== "");
}

/** @param pattern with one `*` at the most */
function matches(pattern: string, text: string): boolean {
  const [before = "", after] = pattern.split("*");
  if (after === undefined) return pattern === text;
  return (
    text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
  );
}

function forbidden({ headers }: S3Request, reason: string, ResourceType: string): S3Error {
  const Method = headers["access-control-request-method"] ?? "OPTIONS";
  return new S3Error("AccessForbidden", `CORSResponse: ${reason}`, {
    status: 403,
    details: { Method, ResourceType },
  });
}
