import { randomBytes } from "node:crypto";
import { account } from "../../arn.ts";
import { decodedPath, type WebRequest } from "../../protocol/webMessage.ts";

/** Where the request came in. */
export type Entrance = {
  readonly apiId: string;
  /** Of the caller. @default the local account */
  readonly accountId?: string;
  /** `<apiId>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly routeKey: string;
  /** @default "$default" */
  readonly stage?: string;
  /** Decoded values by name. @default none */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** @default none */
  readonly stageVariables?: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** What an authorizer says of the caller. @default there is none */
  readonly authorizer?: object | undefined;
};

/** In API Gateway's form: 15 characters and an equals sign. */
export function newRequestId(): string {
  return `${randomBytes(11).toString("base64url")}=`;
}

/**
 * The event that a function gets of a request, in payload format 2.0. What a request has not, is absent.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventOf(request: WebRequest, entrance: Entrance): object {
  const { apiId, domainName, routeKey, requestId, time, stage = "$default" } = entrance;
  const { pathParameters = {}, stageVariables = {}, accountId = account, authorizer } = entrance;
  const { cookie, ...headers } = forwarded(request, domainName);
  const path = decodedPath(request.path);
  const parameters = queryParameters(request.query);
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId,
      apiId,
      ...(authorizer !== undefined && { authorizer }),
      domainName,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage,
      time: logTime(time),
      timeEpoch: time,
    },
    ...(!isEmpty(pathParameters) && { pathParameters }),
    ...bodyOf(request),
    ...(!isEmpty(stageVariables) && { stageVariables }),
  };
}

function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0;
}

/** API Gateway replaces the host and adds where the request came from. */
function forwarded(
  { headers, body, sourceIp }: WebRequest,
  domainName: string,
): Record<string, string> {
  const { connection: _connection, "transfer-encoding": _encoding, ...kept } = headers;
  const via = kept["x-forwarded-for"];
  return {
    ...kept,
    "content-length": String(body.length),
    host: domainName,
    "x-amzn-trace-id": `Root=1-${randomBytes(4).toString("hex")}-${randomBytes(12).toString("hex")}`,
    "x-forwarded-for": via === undefined ? sourceIp : `${via}, ${sourceIp}`,
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  };
}

function queryParameters(query: string): Record<string, string> | undefined {
  if (query === "") return undefined;
  const values = Map.groupBy(new URLSearchParams(query), ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(",")]),
  );
}

/** Only these come as text; a form does not, and neither does a body without a type. */
const textual = /^(text\/|application\/(json|xml|javascript)\s*(;|$))/i;

function bodyOf({ body, headers }: WebRequest): { body?: string; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  const isBase64Encoded = !textual.test(headers["content-type"] ?? "");
  return { body: body.toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}

/** `31/Jan/2026:10:30:00 +0000` */
export function logTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(" ");
  return `${day}/${month}/${year}:${clock} +0000`;
}
