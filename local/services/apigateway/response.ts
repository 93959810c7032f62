import * as v from "valibot";
import { jsonReply, type WebReply } from "../../protocol/webMessage.ts";
import { replyHeaders } from "./replyHeaders.ts";

const header = v.union([v.string(), v.number(), v.boolean()]);

const structured = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  headers: v.optional(v.nullable(v.record(v.string(), header))),
  body: v.optional(v.nullable(v.string())),
  cookies: v.optional(v.nullable(v.array(v.string()))),
  isBase64Encoded: v.optional(v.nullable(v.boolean())),
});

/** What API Gateway answers when the function fails, or returns what is no response. */
export function internalServerError(): WebReply {
  return jsonReply(500, { message: "Internal Server Error" });
}

/**
 * The reply that a function's result stands for, in payload format 2.0: what has no `statusCode` is the
 * JSON body of a 200.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 *
 * @param payload JSON text
 */
export function replyOf(payload: string): WebReply {
  const result: unknown = JSON.parse(payload);
  if (!hasStatusCode(result)) {
    const body = typeof result === "string" ? result : payload;
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const response = v.safeParse(structured, result);
  return response.success ? structuredReply(response.output) : internalServerError();
}

function hasStatusCode(result: unknown): boolean {
  return typeof result === "object" && result !== null && "statusCode" in result;
}

function structuredReply(response: v.InferOutput<typeof structured>): WebReply {
  const { statusCode, headers, body, cookies, isBase64Encoded } = response;
  const named = Object.entries(headers ?? {}).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const withCookies = cookies && cookies.length > 0 ? [["set-cookie", cookies] as const] : [];
  const sent = replyHeaders([...named, ...withCookies]);
  if (sent === undefined) return internalServerError();
  return {
    status: statusCode,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      ...sent,
    },
    body: isBase64Encoded ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
}
