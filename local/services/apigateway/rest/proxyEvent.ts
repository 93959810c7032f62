import { account } from "../../../arn.ts";
import type { WebRequest } from "../../../protocol/webMessage.ts";
import { logTime } from "../event.ts";

/** Where a request came in. */
export type ProxyEntrance = {
  readonly apiId: string;
  /** `<apiId>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly resourceId: string;
  /** `/orders/{id}` */
  readonly resourcePath: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** What an authorizer said of the caller. */
  readonly authorizer?: unknown;
  /** Of the signer, where IAM decides. */
  readonly userArn?: string | undefined;
  /** Of the key that let the caller in. */
  readonly apiKeyId?: string | undefined;
  /** Content types whose bodies are no text: `image/png`, or all. */
  readonly binaryMediaTypes: readonly string[];
};

/**
 * The event that a function gets of a request, in payload format 1.0: what a request has not, is null.
 * Names of headers are in lower case.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
export function proxyEvent(request: WebRequest, entrance: ProxyEntrance): object {
  const { apiId, stage, resourcePath, requestId, time, authorizer, apiKeyId, userArn } = entrance;
  const headers = { ...request.headers, host: entrance.domainName, "x-forwarded-proto": "https" };
  const query = [...new URLSearchParams(request.query)];
  return {
    resource: resourcePath,
    path: request.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders: mapValues(headers, (value) => [value]),
    queryStringParameters: orNull(Object.fromEntries(query)),
    multiValueQueryStringParameters: orNull(valuesByName(query)),
    pathParameters: orNull(entrance.pathParameters),
    stageVariables: orNull(entrance.stageVariables),
    requestContext: {
      accountId: account,
      apiId,
      ...(authorizer !== undefined && { authorizer }),
      domainName: entrance.domainName,
      domainPrefix: apiId,
      extendedRequestId: requestId,
      httpMethod: request.method,
      identity: {
        ...(apiKeyId !== undefined && { apiKey: request.headers["x-api-key"] ?? null, apiKeyId }),
        ...(userArn !== undefined && { accountId: account, caller: userArn, userArn }),
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? null,
      },
      path: `/${stage}${request.path}`,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: logTime(time),
      requestTimeEpoch: time,
      resourceId: entrance.resourceId,
      resourcePath,
      stage,
    },
    ...bodyOf(request, entrance.binaryMediaTypes),
  };
}

function bodyOf({ body, headers }: WebRequest, binaryMediaTypes: readonly string[]) {
  if (body.length === 0) return { body: null, isBase64Encoded: false };
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  const isBase64Encoded = isBinary(type.trim(), binaryMediaTypes);
  return { body: body.toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}

function isBinary(type: string, binaryMediaTypes: readonly string[]): boolean {
  return binaryMediaTypes.some((each) => each === "*/*" || each === type);
}

function valuesByName(query: readonly [string, string][]): Record<string, string[]> {
  const byName = Map.groupBy(query, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, pairs]) => [name, pairs.map(([, value]) => value)]),
  );
}

function mapValues<T>(values: Readonly<Record<string, string>>, change: (value: string) => T) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function orNull<T extends object>(values: T): T | null {
  return Object.keys(values).length === 0 ? null : values;
}
