import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { S3Client } from "@aws-sdk/client-s3";
import { type AccessRequest, type Decision, owner } from "../../../local/protocol/access.ts";
import { serveEndpoint } from "../../../local/protocol/server.ts";
import { s3Service } from "../../../local/services/s3/api/s3.ts";
import { makeBuckets, region } from "../cloud/buckets.ts";

export type RawReply = { status: number; headers: IncomingHttpHeaders; body: string };

/** The SDK warns of every stream that it uploads in chunks. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Buckets behind the endpoint, with a client of the SDK and one that sends whatever it is told. */
export async function serveS3() {
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
    region,
    services: { s3: s3Service({ buckets: made.buckets, clock: made.clock, region, authorize }) },
    principalOf: () => owner,
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
    send: (options: Parameters<typeof sendTo>[1]) => sendTo(endpoint.port, options),
    async close() {
      client.destroy();
      await endpoint.close();
      if (failures.length > 0) throw failures[0];
    },
  };
}

export type S3Endpoint = Awaited<ReturnType<typeof serveS3>>;

function sendTo(
  port: number,
  options: {
    method?: string;
    path: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
  },
): Promise<RawReply> {
  const { method = "GET", path, headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, path, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString("utf8");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
