import * as v from "valibot";
import { jsonReply, type WebReply } from "../../../protocol/webMessage.ts";
import { replyHeaders } from "../replyHeaders.ts";

const header = v.union([v.string(), v.number(), v.boolean()]);

const proxyResponse = v.object({
  statusCode: v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
    v.integer(),
    v.minValue(100),
    v.maxValue(599),
  ),
  headers: v.optional(v.nullable(v.record(v.string(), header))),
  multiValueHeaders: v.optional(v.nullable(v.record(v.string(), v.array(header)))),
  body: v.optional(v.nullable(v.string())),
  isBase64Encoded: v.optional(v.nullable(v.boolean())),
});

/** What API Gateway answers when an integration fails. @param status 500, 502 or 504 */
export function integrationFailure(status: 500 | 502 | 504): WebReply {
  const message = status === 504 ? "Endpoint request timed out" : "Internal server error";
  return jsonReply(status, { message });
}

/** What API Gateway answers where nobody does at the URL of an integration. */
export function unreachable(): WebReply {
  return jsonReply(504, { message: "Network error communicating with endpoint" });
}

/** For API Gateway, or for the function. */
export function requestTooLong(): WebReply {
  return jsonReply(413, { message: "Request Too Long" });
}

/**
 * The reply that a function's result stands for: it must have a `statusCode`, and no other form than this.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format
 *
 * @param payload JSON text
 */
export function proxyReply(payload: string, binaryMediaTypes: readonly string[]): WebReply {
  const result = v.safeParse(proxyResponse, JSON.parse(payload));
  if (!result.success) return integrationFailure(502);
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result.output;
  const sent = replyHeaders([
    ...Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries(multiValueHeaders ?? {}).map(
      ([name, values]) => [name, values.map(String)] as const,
    ),
  ]);
  if (sent === undefined) return integrationFailure(502);
  const isBytes = isBase64Encoded === true && binaryMediaTypes.length > 0;
  return {
    status: statusCode,
    headers: { "content-type": "application/json", ...sent },
    body: isBytes ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}
