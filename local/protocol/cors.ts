import type { WebReply, WebRequest } from "./webMessage.ts";

/** Which pages of other origins may call, as HTTP APIs and function URLs configure it. */
export type CorsSettings = {
  /** `https://shop.example`, `https://*`, or `*`. @default none */
  readonly allowOrigins?: readonly string[] | undefined;
  /** @default none */
  readonly allowMethods?: readonly string[] | undefined;
  /** @default none */
  readonly allowHeaders?: readonly string[] | undefined;
  /** @default none */
  readonly exposeHeaders?: readonly string[] | undefined;
  /** Seconds that browsers keep the answer to a preflight. @default none, so that they decide */
  readonly maxAge?: number | undefined;
  /** @default false */
  readonly allowCredentials?: boolean | undefined;
};

/** Whether a browser asks before it calls. */
export function isPreflight({ method, headers }: WebRequest): boolean {
  return (
    method === "OPTIONS" &&
    headers.origin !== undefined &&
    headers["access-control-request-method"] !== undefined
  );
}

/**
 * The answer to a preflight; without headers for an origin that may not call.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export function preflightReply(
  settings: CorsSettings,
  request: WebRequest,
  status: 200 | 204,
): WebReply {
  const { allowMethods = [], allowHeaders = [], maxAge } = settings;
  const origin = originHeaders(settings, request);
  if (origin === undefined) return { status, headers: {}, body: "" };
  const headers = {
    ...origin,
    ...(allowMethods.length > 0 && { "access-control-allow-methods": allowMethods.join(",") }),
    ...(allowHeaders.length > 0 && { "access-control-allow-headers": allowHeaders.join(",") }),
    ...(maxAge !== undefined && { "access-control-max-age": String(maxAge) }),
  };
  return { status, headers, body: "" };
}

/** The reply with the headers that let the page read it, in place of those that the function has set. */
export function withCors(settings: CorsSettings, request: WebRequest, reply: WebReply): WebReply {
  const { exposeHeaders = [] } = settings;
  const headers = Object.fromEntries(
    Object.entries(reply.headers).filter(([name]) => !name.startsWith("access-control-")),
  );
  const origin = originHeaders(settings, request);
  if (origin === undefined) return { ...reply, headers };
  const exposed = exposeHeaders.length > 0 && {
    "access-control-expose-headers": exposeHeaders.join(","),
  };
  return { ...reply, headers: { ...headers, ...origin, ...exposed } };
}

function originHeaders(
  { allowOrigins = [], allowCredentials = false }: CorsSettings,
  { headers: { origin } }: WebRequest,
): Record<string, string> | undefined {
  if (origin === undefined || !allowOrigins.some((each) => allows(each, origin))) return undefined;
  const isOpen = allowOrigins.includes("*") && !allowCredentials;
  return {
    "access-control-allow-origin": isOpen ? "*" : origin,
    ...(!isOpen && { vary: "Origin" }),
    ...(allowCredentials && { "access-control-allow-credentials": "true" }),
  };
}

function allows(allowed: string, origin: string): boolean {
  if (allowed === "*" || allowed === origin) return true;
  const [before = "", after] = allowed.split("*");
  return after !== undefined && origin.startsWith(before) && origin.endsWith(after);
}
