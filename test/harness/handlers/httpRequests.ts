import type { HttpRequest } from "../../../handlers/samples/httpApi.ts";

export type RequestOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
};

/** A request as an HTTP API hands it to a function, in payload format 2.0. */
export function httpRequest(routeKey: string, options: RequestOptions = {}): HttpRequest {
  const [method = "", path = ""] = routeKey.split(" ");
  const { body, headers = {}, isBase64Encoded = false } = options;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: { host: "api.example.com", ...headers },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "api.example.com",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "203.0.113.7", userAgent: "test" },
      requestId: "request-1",
      routeKey,
      stage: "$default",
      time: "31/Jan/2026:10:30:00 +0000",
      timeEpoch: 1_769_855_400_000,
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

/** The same with a JSON body. */
export function jsonRequest(
  routeKey: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpRequest {
  return httpRequest(routeKey, {
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}
