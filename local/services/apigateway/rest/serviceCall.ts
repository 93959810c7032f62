/** A call of an AWS service as a role. */
export type ServiceCall = {
  /** The signing name: `sqs`, `events` */
  readonly service: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly accessKeyId: string;
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
  { service, method, path, headers, body, accessKeyId }: ServiceCall,
): Promise<HttpAnswer> {
  const scope = `${accessKeyId}/20000101/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  return sendRequest(`${endpoint}${path}`, {
    method,
    headers: { ...headers, authorization },
    body,
  });
}

export async function sendRequest(
  url: string,
  request: { method: string; headers: Readonly<Record<string, string>>; body: string | Buffer },
): Promise<HttpAnswer> {
  const { method, headers } = request;
  const hasBody = method !== "GET" && method !== "HEAD" && request.body.length > 0;
  const response = await fetch(url, {
    method,
    headers,
    ...(hasBody && { body: new Uint8Array(Buffer.from(request.body)) }),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
