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
  readonly message: string;
};

export const missingAuthenticationToken: GatewayError = {
  type: "MISSING_AUTHENTICATION_TOKEN",
  status: 403,
  message: "Missing Authentication Token",
};

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 *
 * @param responses by type; `DEFAULT_4XX` counts for every error of a request that has none of its own
 */
export function gatewayReply(
  responses: ReadonlyMap<string, GatewayResponse>,
  { type, status, message }: GatewayError,
): WebReply {
  const response = responses.get(type) ?? responses.get("DEFAULT_4XX") ?? {};
  const { responseTemplates = {}, responseParameters = {} } = response;
  const [contentType, template] = Object.entries(responseTemplates)[0] ?? [
    "application/json",
    '{"message":$context.error.messageString}',
  ];
  const context = {
    "error.message": message,
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
