import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import type { AccessRequest, Decision } from "../../../local/protocol/access.ts";
import { signedHeaders } from "../../../local/protocol/authentication/signRequest.ts";
import { serveEndpoint } from "../../../local/protocol/server.ts";
import { s3Service } from "../../../local/services/s3/api/s3.ts";
import { makeBuckets, region as standardRegion } from "../cloud/buckets.ts";
import { ownerOnly } from "./authentication.ts";

export type RawReply = { status: number; headers: IncomingHttpHeaders; body: string };

/** The SDK warns of every stream that it uploads in chunks. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Buckets behind the endpoint, with a client of the SDK and one that sends whatever it is told. */
export async function serveS3(region = standardRegion) {
  const asked: AccessRequest[] = [];
  let deny: (request: AccessRequest) => string | undefined = () => undefined;
  const authorize = (request: AccessRequest): Decision => {
    asked.push(request);
    const reason = deny(request);
    return reason === undefined ? { allowed: true } : { allowed: false, reason };
  };
  const made = makeBuckets();
  const failures: unknown[] = [];
  const endpoint = await serveEndpoint({
    port: 0,
    ...ownerOnly,
    region,
    services: { s3: s3Service({ buckets: made.buckets, clock: made.clock, region, authorize }) },
    console: (_request, response) => response.end(),
    onFailure: (_message, error) => failures.push(error),
  });
  const client = new S3Client({
    endpoint: endpoint.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    logger: silent,
  });
  return {
    ...made,
    client,
    url: endpoint.url,
    /** What the callers needed permission for so far. */
    asked,
    /** @param decide gives the reason of a denial, or undefined */
    denyWhere(decide: typeof deny) {
      deny = decide;
    },
    send: (options: Parameters<typeof sendTo>[2]) => sendTo(endpoint.port, region, options),
    async close() {
      client.destroy();
      await endpoint.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

export type S3Endpoint = Awaited<ReturnType<typeof serveS3>>;

/** A raw request, which the owner signs unless it is anonymous or has a signature of its own. */
type RawRequest = {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  anonymous?: boolean;
};

function sendTo(port: number, region: string, request: RawRequest): Promise<RawReply> {
  const { method = "GET", path, body } = request;
  const headers = request.anonymous ? request.headers : signed(port, region, request);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, path, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString("utf8");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

function signed(
  port: number,
  region: string,
  { method = "GET", path: target, headers = {}, body = "" }: RawRequest,
): Record<string, string> {
  const [path = "", text = ""] = target.split(/\?(.*)/s);
  const query = new URLSearchParams(text);
  const isSigned = query.has("X-Amz-Signature") || query.has("Signature");
  if (isSigned || headers.authorization !== undefined) return headers;
  const host = headers.host ?? `localhost:${port}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const request = { method, host, path, query, headers, body };
  return signedHeaders(request, { credentials, region, service: "s3" });
}
