import type { WebReply } from "../../../protocol/webMessage.ts";
import { expand } from "./template.ts";

/** What a REST API answers in place of one of API Gateway's own errors. */
export type GatewayResponse = {
  /** @default the error's own */
  readonly statusCode?: string | undefined;
  /** By content type. @default `{"message":$context.error.messageString}` */
  readonly responseTemplates?: Readonly<Record<string, string>> | undefined;
  /** `gatewayresponse.header.Name` to `'text'`. */
  readonly responseParameters?: Readonly<Record<string, string>> | undefined;
};

/** An error of API Gateway's own, before an integration is reached. */
export type GatewayError = {
  /** `MISSING_AUTHENTICATION_TOKEN` */
  readonly type: string;
  readonly status: number;
  /** Null where API Gateway gives none. */
  readonly message: string | null;
  /** The name of the message's member. @default message */
  readonly member?: "message" | "Message";
};

export const missingAuthenticationToken: GatewayError = {
  type: "MISSING_AUTHENTICATION_TOKEN",
  status: 403,
  message: "Missing Authentication Token",
};

export const invalidApiKey: GatewayError = {
  type: "INVALID_API_KEY",
  status: 403,
  message: "Forbidden",
};

/** For a request that is signed, but not rightly. */
export function invalidSignature(message: string): GatewayError {
  return { type: "INVALID_SIGNATURE", status: 403, message };
}

export const unauthorized = {
  type: "UNAUTHORIZED",
  status: 401,
  message: "Unauthorized",
} satisfies GatewayError;

export const authorizerFailure: GatewayError = {
  type: "AUTHORIZER_FAILURE",
  status: 500,
  message: null,
};

export const authorizerConfigurationError: GatewayError = {
  type: "AUTHORIZER_CONFIGURATION_ERROR",
  status: 500,
  message: null,
};

/** @param how `with an explicit deny` */
export function accessDenied(how?: string): GatewayError {
  const message = "User is not authorized to access this resource";
  return denied(how === undefined ? message : `${message} ${how}`);
}

export function denied(message: string): GatewayError {
  return { type: "ACCESS_DENIED", status: 403, message, member: "Message" };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 *
 * @param responses by type; `DEFAULT_4XX` and `DEFAULT_5XX` count for errors that have none of their own
 */
export function gatewayReply(
  responses: ReadonlyMap<string, GatewayResponse>,
  { type, status, message, member = "message" }: GatewayError,
): WebReply {
  const response = responses.get(type) ?? responses.get(`DEFAULT_${status < 500 ? 4 : 5}XX`) ?? {};
  const { responseTemplates = {}, responseParameters = {} } = response;
  const [contentType, template] = Object.entries(responseTemplates)[0] ?? [
    "application/json",
    `{"${member}":$context.error.messageString}`,
  ];
  const context = {
    "error.message": message ?? "",
    "error.messageString": JSON.stringify(message),
    "error.responseType": type,
  };
  return {
    status: Number(response.statusCode ?? status),
    headers: { "content-type": contentType, ...headersOf(responseParameters) },
    body: expand(template, { body: "", parameter: () => undefined, context, stageVariables: {} }),
  };
}

function headersOf(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([target, source]) => {
      const name = /^gatewayresponse\.header\.(.+)$/.exec(target)?.[1];
      const value = /^'(.*)'$/s.exec(source)?.[1];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
    }),
  );
}
