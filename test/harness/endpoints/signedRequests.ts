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
  readonly body?: string;
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
