import { createHash, createHmac } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import {
  type Credentials,
  presignedPath,
  signedHeaders,
} from "../../../local/protocol/authentication/signRequest.ts";

export type Sent = {
  readonly method?: string;
  /** With its query. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type Signer = {
  readonly service: string;
  readonly credentials?: Credentials;
  readonly region?: string;
  /** In milliseconds since 1970. @default now */
  readonly time?: number;
};

export const testKey: Credentials = { accessKeyId: "test", secretAccessKey: "test" };

/** The headers with which a client would send this request to a port of this machine. */
export function signed(port: number, sent: Sent, signer: Signer): Record<string, string> {
  const { credentials = testKey, region = "eu-west-1", service, time } = signer;
  const signing = { credentials, region, service, ...(time !== undefined && { time }) };
  return signedHeaders({ ...partsOf(port, sent), body: sent.body ?? "" }, signing);
}

/** The path of a URL to S3, with its query, that anyone may open for as long as it holds. */
export function presigned(
  port: number,
  sent: Omit<Sent, "body">,
  { expires, ...signer }: Omit<Signer, "service"> & { readonly expires: number },
): string {
  const { credentials = testKey, region = "eu-west-1", time } = signer;
  const signing = { credentials, region, ...(time !== undefined && { time }) };
  return presignedPath(partsOf(port, sent), signing, expires);
}

function partsOf(port: number, { method = "GET", path = "/", headers = {} }: Sent) {
  const [name = "", query = ""] = path.split(/\?(.*)/s);
  const host = headers.host ?? `localhost:${port}`;
  return { method, host, path: name, query: new URLSearchParams(query), headers };
}

export type RawReply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

/** Sends a request as it is: no SDK adds, encodes or repeats anything. */
export function sendRaw(
  port: number,
  { method = "GET", path = "/", headers = {}, body }: Sent,
): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ port, method, path, headers }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString("utf8");
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Fetches a URL of this machine as the owner. */
export function fetchSigned(url: string, sent: Omit<Sent, "path">, signer: Signer) {
  const { host, port, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  const headers = signed(
    Number(port),
    { ...sent, path, headers: { ...sent.headers, host } },
    signer,
  );
  return fetch(url, { ...sent, headers });
}

/** An upload to S3 in chunks that are signed one by one, as some SDKs stream it. */
export function signedChunks(
  port: number,
  { method = "PUT", path = "/", headers = {} }: Sent,
  chunks: readonly string[],
): { headers: Record<string, string>; body: string } {
  const streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
  const length = String(chunks.join("").length);
  const stated = { "x-amz-content-sha256": streaming, "x-amz-decoded-content-length": length };
  const sent = { method, path, headers: { ...headers, ...stated } };
  const all = signed(port, sent, { service: "s3" });
  const [, scope = "", seed = ""] =
    /Credential=test\/([^,]+), .*Signature=(\w+)/.exec(all.authorization ?? "") ?? [];
  let previous = seed;
  const parts = [...chunks, ""].map((chunk) => {
    const text = `AWS4-HMAC-SHA256-PAYLOAD\n${all["x-amz-date"]}\n${scope}\n${previous}\n${hashOf("")}\n${hashOf(chunk)}`;
    previous = createHmac("sha256", signingKey(scope)).update(text).digest("hex");
    return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}\r\n`;
  });
  return { headers: all, body: parts.join("") };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The test key's signing key for a scope: `20261129/eu-west-1/s3/aws4_request`. */
export function signingKey(scope: string): string | Buffer {
  return scope
    .split("/")
    .reduce<string | Buffer>(
      (key, part) => createHmac("sha256", key).update(part).digest(),
      `AWS4${testKey.secretAccessKey}`,
    );
}
