import { createHmac } from "node:crypto";
import type { SignedRequest } from "./signedRequest.ts";
import type { Version2 } from "./statedSignature.ts";

/** Parameters of the query that the signature holds for. */
const subresources: ReadonlySet<string> = new Set([
  "acl",
  "cors",
  "delete",
  "lifecycle",
  "location",
  "logging",
  "notification",
  "partNumber",
  "policy",
  "requestPayment",
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
  "response-content-language",
  "response-content-type",
  "response-expires",
  "tagging",
  "torrent",
  "uploadId",
  "uploads",
  "versionId",
  "versioning",
  "versions",
  "website",
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth */
export function version2StringToSign(request: SignedRequest, { expires }: Version2): string {
  const { method, headers, query } = request;
  const named = (name: string) => headers[name] ?? query.get(name) ?? "";
  const head = [method, named("content-md5"), named("content-type"), expires].join("\n");
  return `${head}\n${amazonHeaders(request)}${resource(request)}`;
}

export function version2Signature(stringToSign: string, secretAccessKey: string): string {
  return createHmac("sha1", secretAccessKey).update(stringToSign).digest("base64");
}

/** Those of the request, and those that the URL holds in their place. */
function amazonHeaders({ headers, query }: SignedRequest): string {
  const all = [...query, ...Object.entries(headers)]
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .filter(([name]) => name.startsWith("x-amz-"));
  return [...new Map(all)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
    .join("");
}

function resource({ path, query, headers }: SignedRequest): string {
  const bucket = /^(.+?)(?:\.s3(?:[.-][a-z0-9-]+)?)?\.localhost(?::\d+)?$/.exec(
    headers.host ?? "",
  )?.[1];
  const hosted = bucket === undefined || bucket === "s3" ? "" : `/${bucket}`;
  const parameters = [...query]
    .filter(([name]) => subresources.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`));
  return `${hosted}${path}${parameters.length === 0 ? "" : "?"}${parameters.join("&")}`;
}
