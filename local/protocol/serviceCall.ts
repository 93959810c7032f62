import { type Credentials, signedHeaders } from "./authentication/signRequest.ts";

/** A call of an AWS service as a role. */
export type ServiceCall = {
  /** The signing name: `sqs`, `events` */
  readonly service: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the role. */
  readonly credentials: Credentials;
};

export type HttpAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Calls a service of the local cloud at its endpoint, where the role's permissions are checked. */
export async function callService(
  endpoint: string,
  region: string,
  { service, method, path, headers, body, credentials }: ServiceCall,
): Promise<HttpAnswer> {
  const url = new URL(`${endpoint}${path}`);
  const { host, pathname, searchParams: query } = url;
  const sent = hasBody(method, body) ? body : "";
  const signed = signedHeaders(
    { method, host, path: pathname, query, headers, body: sent },
    { service, region, credentials },
  );
  return sendRequest(url.href, { method, headers: signed, body: sent });
}

export async function sendRequest(
  url: string,
  request: { method: string; headers: Readonly<Record<string, string>>; body: string | Buffer },
): Promise<HttpAnswer> {
  const { method, headers } = request;
  const response = await fetch(url, {
    method,
    headers,
    ...(hasBody(method, request.body) && { body: new Uint8Array(Buffer.from(request.body)) }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

function hasBody(method: string, body: string | Buffer): boolean {
  return method !== "GET" && method !== "HEAD" && body.length > 0;
}
