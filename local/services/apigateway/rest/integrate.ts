import type { Credentials } from "../../../protocol/authentication/signRequest.ts";
import { callService, type HttpAnswer, sendRequest } from "../../../protocol/serviceCall.ts";
import { jsonReply, type WebReply } from "../../../protocol/webMessage.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Invoker } from "../../lambda/interface.ts";
import { callFunction, type RefusedCall } from "../functionCall.ts";
import type { Integration, IntegrationResponse } from "./integration.ts";
import { type Arrival, mapRequest, mapResponse } from "./mapping.ts";
import { integrationFailure, proxyReply, requestTooLong, unreachable } from "./proxyReply.ts";
import { queryAnswer } from "./queryAnswer.ts";

export type IntegrationServices = {
  readonly functions: Invoker;
  readonly trace: Trace;
  readonly region: string;
  readonly endpoint: () => string;
  readonly credentials: (roleArn: string) => Credentials;
};

/** What an integration does with a request. */
export type Work = {
  readonly integration: Integration;
  readonly responses: readonly IntegrationResponse[];
  readonly arrival: Arrival;
  /** The event of a proxy. */
  readonly event: object;
  /** Where the request came in, and its id, for the trace. */
  readonly source: string;
  readonly requestId: string;
  readonly binaryMediaTypes: readonly string[];
};

export async function integrate(services: IntegrationServices, work: Work): Promise<WebReply> {
  const { integration, arrival } = work;
  switch (integration.kind) {
    case "lambdaProxy":
      return invokeProxy(services, integration.functionArn, work);
    case "lambda":
      return invokeMapped(services, integration.functionArn, work);
    case "service":
      return mapped(work, await call(services, integration, arrival));
    case "http":
      return request(services, integration, work);
    case "httpProxy":
      return forward(services, integration, work);
    case "mock":
      return mock(work);
  }
}

async function invokeProxy(
  services: IntegrationServices,
  functionArn: string,
  work: Work,
): Promise<WebReply> {
  const result = await callFunction(services, {
    ...{ functionArn, event: JSON.stringify(work.event) },
    ...{ source: work.source, requestId: work.requestId },
  });
  if (result.outcome === "succeeded") return proxyReply(result.payload, work.binaryMediaTypes);
  if (result.outcome === "failed") return integrationFailure(502);
  return notInvoked(result);
}

async function invokeMapped(
  services: IntegrationServices,
  functionArn: string,
  work: Work,
): Promise<WebReply> {
  const { body } = mapRequest(work.integration, work.arrival);
  const result = await callFunction(services, {
    ...{ functionArn, event: body === "" ? "{}" : body },
    ...{ source: work.source, requestId: work.requestId },
  });
  if (result.outcome === "succeeded") {
    return mapped(work, { status: 200, headers: {}, body: result.payload }, "none");
  }
  if (result.outcome !== "failed") return notInvoked(result);
  const answer = { status: 200, headers: {}, body: JSON.stringify(result.error) };
  return mapped(work, answer, result.error.errorMessage);
}

function notInvoked(result: { readonly outcome: "throttled" } | RefusedCall): WebReply {
  const isTooLarge = result.outcome === "refused" && result.isTooLarge;
  return isTooLarge ? requestTooLong() : integrationFailure(500);
}

async function call(
  { endpoint, region, credentials }: IntegrationServices,
  integration: Integration & { kind: "service" },
  arrival: Arrival,
): Promise<HttpAnswer> {
  const { service, httpMethod, call: target, credentials: roleArn = "" } = integration;
  const { headers, query, pathParameters, body } = mapRequest(integration, arrival);
  const parameters = new URLSearchParams(query);
  if ("action" in target && headers["x-amz-target"] === undefined) {
    parameters.set("Action", target.action);
  }
  const path = "action" in target ? "/" : filled(target.path, pathParameters);
  const answer = await callService(endpoint(), region, {
    service,
    method: httpMethod,
    path: parameters.size === 0 ? path : `${path}?${parameters}`,
    headers,
    body,
    credentials: credentials(roleArn),
  });
  return service === "sqs" || service === "sns" ? queryAnswer(answer) : answer;
}

async function request(
  services: IntegrationServices,
  integration: Integration & { kind: "http" },
  work: Work,
): Promise<WebReply> {
  const { arrival } = work;
  const { headers, query, pathParameters, body } = mapRequest(integration, arrival);
  const url = filled(integration.uri, pathParameters);
  const answer = await reach(services, work, query === "" ? url : `${url}?${query}`, {
    method: integration.httpMethod ?? arrival.request.method,
    headers,
    body,
  });
  return answer === undefined ? unreachable() : mapped(work, answer);
}

async function forward(
  services: IntegrationServices,
  integration: Integration & { kind: "httpProxy" },
  work: Work,
): Promise<WebReply> {
  const { request: given } = work.arrival;
  const { headers: added, query, pathParameters } = mapRequest(integration, work.arrival);
  const { host: _, connection: _c, "content-length": _l, ...headers } = given.headers;
  const url = filled(integration.uri, pathParameters);
  const all = [given.query, query].filter((each) => each !== "").join("&");
  const answer = await reach(services, work, all === "" ? url : `${url}?${all}`, {
    method: integration.httpMethod ?? given.method,
    headers: { ...headers, ...added },
    body: given.body,
  });
  if (answer === undefined) return unreachable();
  const { "content-encoding": _e, "content-length": _n, ...kept } = answer.headers;
  return { status: answer.status, headers: kept, body: answer.body };
}

/** Undefined when nobody answers at the URL, for which the trace has the reason. */
async function reach(
  { trace }: IntegrationServices,
  { source, requestId }: Work,
  url: string,
  request: Parameters<typeof sendRequest>[1],
): Promise<HttpAnswer | undefined> {
  try {
    return await sendRequest(url, request);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const reason = String(error.cause ?? error);
    trace.record(requestId, source, url, { kind: "failed", requestId, reason });
    return undefined;
  }
}

/** A mock integration answers with the status that its request template names. */
function mock(work: Work): WebReply {
  const { body } = mapRequest(work.integration, work.arrival);
  const status = /"?statusCode"?\s*:\s*(\d{3})/.exec(body)?.[1] ?? "200";
  return mapped(work, { status: Number(status), headers: {}, body: "" });
}

function mapped(
  { responses, arrival }: Work,
  answer: HttpAnswer,
  selector = String(answer.status),
): WebReply {
  const reply = mapResponse(
    responses,
    answer,
    selector === "none" ? undefined : selector,
    arrival.scope,
  );
  return reply ?? jsonReply(500, { message: "Internal server error" });
}

/** `https://example.com/{proxy}` */
function filled(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\+?\}/g, (_all, name: string) => parameters[name] ?? "");
}
