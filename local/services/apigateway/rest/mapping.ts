import type { HttpAnswer } from "../../../protocol/serviceCall.ts";
import type { WebReply, WebRequest } from "../../../protocol/webMessage.ts";
import { type Integration, type IntegrationResponse, selectionOf } from "./integration.ts";
import type { Match } from "./restApi.ts";
import { expand, type TemplateScope } from "./template.ts";

/** A request with what its stage and its method say of it. */
export type Arrival = {
  readonly request: WebRequest;
  readonly match: Match;
  readonly scope: TemplateScope;
};

/** A request as it goes to an integration. */
export type MappedRequest = {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly body: string;
};

export function scopeOf(
  request: WebRequest,
  { pathParameters }: Match,
  context: Readonly<Record<string, string>>,
  stageVariables: Readonly<Record<string, string>>,
): TemplateScope {
  const query = new URLSearchParams(request.query);
  return {
    body: request.body.toString("utf8"),
    parameter: (name) =>
      pathParameters[name] ?? query.get(name) ?? request.headers[name.toLowerCase()],
    context,
    stageVariables,
  };
}

/**
 * What an integration that is no proxy gets: the body by the template of its content type, or as it came;
 * and the parameters that the integration names.
 */
export function mapRequest(integration: Integration, arrival: Arrival): MappedRequest {
  const { request, match, scope } = arrival;
  const type = (request.headers["content-type"] ?? "application/json").split(";")[0] ?? "";
  const template = integration.requestTemplates[type.trim()];
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  const pathParameters: Record<string, string> = { ...match.pathParameters };
  for (const [target, source] of Object.entries(integration.requestParameters)) {
    const [, where, name = ""] =
      /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target) ?? [];
    const value = parameterValue(source, arrival);
    if (value === undefined) continue;
    if (where === "header") headers[name.toLowerCase()] = value;
    if (where === "querystring") query.append(name, value);
    if (where === "path") pathParameters[name] = value;
  }
  return {
    headers,
    query: query.toString(),
    pathParameters,
    body: template === undefined ? scope.body : expand(template, scope),
  };
}

/** `'text'`, or a parameter of the method: `method.request.querystring.name`. */
function parameterValue(source: string, { request, match, scope }: Arrival): string | undefined {
  const literal = /^'(.*)'$/s.exec(source)?.[1];
  if (literal !== undefined) return literal;
  if (source === "method.request.body") return scope.body;
  const [, where, name = ""] =
    /^method\.request\.(header|querystring|path)\.(.+)$/.exec(source) ?? [];
  if (where === "header") return request.headers[name.toLowerCase()];
  if (where === "querystring") return new URLSearchParams(request.query).get(name) ?? undefined;
  if (where === "path") return match.pathParameters[name];
  const context = /^context\.(.+)$/.exec(source)?.[1];
  return context === undefined ? undefined : scope.context[context];
}

/**
 * The reply that an integration's answer becomes, by the first response whose pattern it matches; without
 * one, by that which has no pattern.
 *
 * @param selector what patterns are matched with: a status, or a function's error; absent for no error
 * @returns undefined when there is no response for it, which is the API's own failure
 */
export function mapResponse(
  responses: readonly IntegrationResponse[],
  answer: HttpAnswer,
  selector: string | undefined,
  scope: TemplateScope,
): WebReply | undefined {
  const response =
    responses.find((each) => selector && selectionOf(each)?.test(selector)) ??
    responses.find(({ selectionPattern }) => !selectionPattern);
  if (response === undefined) return undefined;
  const [type = "application/json"] = Object.keys(response.responseTemplates);
  const template = response.responseTemplates[type] ?? "";
  const headers: Record<string, string> = { "content-type": type };
  for (const [target, source] of Object.entries(response.responseParameters)) {
    const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
    const literal = /^'(.*)'$/s.exec(source)?.[1];
    const from = /^integration\.response\.header\.(.+)$/.exec(source)?.[1]?.toLowerCase();
    const value = literal ?? (from && answer.headers[from]);
    if (name !== undefined && value !== undefined) headers[name.toLowerCase()] = value;
  }
  const body = template === "" ? answer.body : expand(template, { ...scope, body: answer.body });
  return { status: Number(response.statusCode), headers, body };
}
