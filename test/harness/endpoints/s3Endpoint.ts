import { S3Client } from "@aws-sdk/client-s3";
import { serveEndpoint } from "../../../local/protocol/server.ts";
import { s3Service } from "../../../local/services/s3/api/s3.ts";
import { makeBuckets, region as standardRegion } from "../cloud/buckets.ts";
import { ownerOnly } from "./authentication.ts";
import { decidedByTest } from "./decidedByTest.ts";
import { type Sent, sendRaw, signed } from "./signedRequests.ts";

/** The SDK warns of every stream that it uploads in chunks. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Buckets behind the endpoint, with a client of the SDK and one that sends whatever it is told. */
export async function serveS3(region = standardRegion) {
  const { authorize, ...permissions } = decidedByTest();
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
    ...permissions,
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
type RawRequest = Sent & { readonly anonymous?: boolean };

function sendTo(port: number, region: string, { anonymous, ...sent }: RawRequest) {
  const isSigned =
    sent.headers?.authorization !== undefined || /[?&](X-Amz-)?Signature=/.test(sent.path ?? "");
  if (anonymous || isSigned) return sendRaw(port, sent);
  return sendRaw(port, { ...sent, headers: signed(port, sent, { service: "s3", region }) });
}
